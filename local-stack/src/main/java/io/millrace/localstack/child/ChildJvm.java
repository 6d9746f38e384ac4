package io.millrace.localstack.child;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A running child JVM. It dies with this one, ignores the terminal's Ctrl-C (its parent stops it in order), and its
 * output goes to a log file. Thread-safe.
 */
public final class ChildJvm {
    /** Exit codes of a JVM that ran its shutdown hooks: by itself, or asked by SIGTERM. */
    private static final List<Integer> GOOD_ORDER = List.of(0, 143);

    private final Process process;
    private final ChildLog log;
    private final StartupArchive archive;

    private ChildJvm(Process process, ChildLog log, StartupArchive archive) {
        this.process = process;
        this.log = log;
        this.archive = archive;
    }

    /**
     * Starts a child.
     *
     * @param name names its log and its start-up archive
     * @param logs directory of the log
     * @param cache directory of start-up archives, shared by all stacks
     * @param writeArchive whether to make the start-up archive if there is none; the first stop then takes longer
     */
    public static ChildJvm start(String name, JvmCommand command, Path logs, Path cache, boolean writeArchive)
            throws IOException {
        var guard = GuardJar.in(cache);
        var archive = StartupArchive.of(cache, name.replaceAll("-\\d+$", ""), command, guard);
        var log = ChildLog.open(logs.resolve(name + ".log"));
        // An ignored signal stays ignored over exec, and the JVM respects it: Ctrl-C reaches the parent alone.
        var line = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        line.add(command.java().toString());
        line.addAll(archive.options(writeArchive));
        line.addAll(command.options());
        line.add("-cp");
        line.add(guard
                + File.pathSeparator
                + command.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        line.add(ChildGuard.class.getName());
        line.add(command.mainClass());
        line.addAll(command.arguments());
        var process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
                .directory(logs.toFile());
        process.environment().putAll(command.environment());
        return new ChildJvm(process.start(), log, archive);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code of a child that has ended; 128 + signal if a signal ended it. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Waits for a child that ends by itself and returns its exit code. */
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    public ChildLog log() {
        return log;
    }

    /** Asks it to end (SIGTERM) and waits; a child that does not in time is killed. Returns whether it obeyed. */
    public boolean stop(Duration patience) throws InterruptedException, IOException {
        process.toHandle().destroy();
        boolean obeyed = false;
        try {
            obeyed = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            if (!obeyed) {
                process.destroyForcibly(); // also if this thread is interrupted
            }
        }
        process.waitFor();
        archive.settle(obeyed && GOOD_ORDER.contains(process.exitValue()));
        return obeyed;
    }

    /** Ends it at once, as {@code kill -9} does, and waits until it is gone. */
    public void kill() throws InterruptedException, IOException {
        process.destroyForcibly().waitFor();
        archive.settle(false);
    }

    /** Suspends it where it stands (SIGSTOP). */
    public void freeze() throws InterruptedException, IOException {
        signal("STOP");
    }

    /** Lets a frozen child go on (SIGCONT). */
    public void thaw() throws InterruptedException, IOException {
        signal("CONT");
    }

    private void signal(String name) throws InterruptedException, IOException {
        var kill = new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + pid())
                .redirectErrorStream(true)
                .start();
        if (kill.waitFor() != 0) {
            throw new IOException("process " + pid() + " could not be sent SIG" + name);
        }
    }
}
