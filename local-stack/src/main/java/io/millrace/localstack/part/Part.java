package io.millrace.localstack.part;

import io.millrace.localstack.child.ChildJvm;
import io.millrace.localstack.part.StackException.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One part of a stack. Commands ({@link #start}, {@link #stop}, {@link #kill}) exclude one another; questions may be
 * asked at any time from any thread.
 */
public final class Part {
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(100);
    private static final int TAIL_LINES = 15;

    private volatile PartSpec spec;
    private final PartHome home;
    private final PartListener listener;

    private volatile PartState state = PartState.STOPPED;
    private volatile @Nullable ChildJvm child;

    public Part(PartSpec spec, PartHome home, PartListener listener) {
        this.spec = spec;
        this.home = home;
        this.listener = listener;
    }

    public String name() {
        return spec.name();
    }

    public PartSpec spec() {
        return spec;
    }

    /** What it is doing now; a JVM that ended unasked is seen here. */
    public PartState state() {
        var current = child;
        if (state == PartState.READY && (current == null || !current.isAlive())) {
            return PartState.FAILED;
        }
        return state;
    }

    /** Changes what it runs from its next start on; it is stopped now. */
    public synchronized void refit(PartSpec other) {
        if (child != null) {
            throw new StackException(Trouble.MISUSE, name() + " is running");
        }
        spec = other;
    }

    /** Process id of its JVM; empty if there is none. */
    public OptionalLong pid() {
        var current = child;
        return current == null || !current.isAlive() ? OptionalLong.empty() : OptionalLong.of(current.pid());
    }

    /** The file its standard output and error go to. */
    public Path log() {
        return home.logs().resolve(name() + ".log");
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @throws StackException if a port is taken, its JVM ends, or it is not ready in time; its JVM is gone then
     */
    public synchronized void start() throws InterruptedException {
        var current = child;
        if (current != null && current.isAlive()) {
            throw new StackException(Trouble.MISUSE, name() + " is running already");
        }
        to(PartState.STARTING);
        var outcome = PartState.FAILED;
        try {
            LoopbackPort.requireFree(spec);
            spec.preparation().run();
            var started = ChildJvm.start(name(), spec.command(), home.logs(), home.archives(), home.writesArchives());
            child = started;
            awaitReady(started);
            outcome = PartState.READY;
        } catch (InterruptedException e) {
            outcome = PartState.STOPPED;
            throw e;
        } catch (IOException e) {
            throw new StackException(Trouble.PART_FAILED, name() + " cannot be started: " + e, e);
        } finally {
            if (outcome != PartState.READY) {
                end();
            }
            to(outcome);
        }
    }

    /** Stops it gracefully, or by force if that takes too long; does nothing if it is not running. */
    public synchronized void stop() throws InterruptedException {
        var current = child;
        if (current != null) {
            to(PartState.STOPPING);
            try {
                // A JVM that writes its start-up archive as it ends takes its time, once.
                current.stop(home.writesArchives() ? spec.stopPatience().multipliedBy(3) : spec.stopPatience());
            } catch (IOException e) {
                throw new StackException(Trouble.PART_FAILED, name() + " has stopped, but: " + e, e);
            } finally {
                child = null;
            }
            to(PartState.STOPPED);
        }
    }

    /** Ends it as {@code kill -9} does and waits until it is gone. */
    public synchronized void kill() throws InterruptedException {
        end();
        to(PartState.STOPPED);
    }

    /** {@link #stop} and {@link #start}. */
    public synchronized void restart() throws InterruptedException {
        stop();
        start();
    }

    /** Suspends its JVM where it stands (SIGSTOP). */
    public void freeze() throws InterruptedException, IOException {
        running().freeze();
    }

    /** Lets its frozen JVM go on (SIGCONT). */
    public void thaw() throws InterruptedException, IOException {
        running().thaw();
    }

    /** Why its JVM is not running although nobody stopped it: exit code and the last lines of its log. */
    public String failure() {
        var current = child;
        return current == null || current.isAlive()
                ? name() + " is " + state()
                : describe(current, "ended with exit code " + current.exitCode());
    }

    private ChildJvm running() {
        var current = child;
        if (current == null || !current.isAlive()) {
            throw new StackException(Trouble.MISUSE, name() + " is not running");
        }
        return current;
    }

    private void awaitReady(ChildJvm started) throws InterruptedException {
        long deadline = System.nanoTime() + home.startPatience().toNanos();
        String reason = "nothing was heard of it";
        while (System.nanoTime() < deadline) {
            if (!started.isAlive()) {
                throw failed(started, "ended with exit code " + started.exitCode());
            }
            try {
                // Alive after the answer as well: otherwise somebody else has answered on its port.
                if (spec.readiness().isReady() && started.isAlive()) {
                    return;
                }
            } catch (IOException e) {
                reason = Objects.requireNonNullElse(e.getMessage(), e.toString());
            }
            TimeUnit.MILLISECONDS.sleep(PROBE_INTERVAL.toMillis());
        }
        throw failed(started, "was not ready within " + home.startPatience().toSeconds() + " s (" + reason + ")");
    }

    private StackException failed(ChildJvm started, String what) {
        return new StackException(Trouble.PART_FAILED, describe(started, what));
    }

    private String describe(ChildJvm ended, String what) {
        var tail = ended.log().tail(TAIL_LINES);
        var hint = tail.stream().anyMatch(Part::tellsOfMemory) ? "; too little memory is free" : "";
        var message = new StringBuilder(
                name() + " " + what + hint + "; its log is " + ended.log().file());
        tail.forEach(
                line -> message.append(System.lineSeparator()).append("  | ").append(line));
        return message.toString();
    }

    private static boolean tellsOfMemory(String line) {
        return line.contains("OutOfMemoryError") || line.contains("Cannot allocate memory");
    }

    private void end() throws InterruptedException {
        var current = child;
        child = null;
        if (current != null) {
            try {
                current.kill();
            } catch (IOException e) {
                throw new StackException(Trouble.PART_FAILED, name() + " has been killed, but: " + e, e);
            }
        }
    }

    private void to(PartState next) {
        state = next;
        listener.onState(this, next);
    }
}
