package io.millrace.guarantees.fault;

import com.sun.jdi.ObjectReference;
import com.sun.jdi.VirtualMachine;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The thread that processes records dies of an error, and nothing but that; the process has to end by itself. */
final class DeadThread implements Fault {
    /** The JVM keeps some of these at hand, so that one need not be made in a foreign process. */
    private static final String ERROR = "java.lang.OutOfMemoryError";

    private static final Duration ENDS_WITHIN = Duration.ofMinutes(1);

    private String where = "";
    private @Nullable ProcessHandle process;

    @Override
    public String name() {
        return "dead-thread";
    }

    @Override
    public String matrix() {
        return "F42";
    }

    @Override
    public String description() {
        return "an error is thrown in the thread that processes records, until the process has ended by itself";
    }

    @Override
    public Duration hold() {
        return Duration.ofSeconds(1);
    }

    @Override
    public boolean endsParts() {
        return true;
    }

    @Override
    public Optional<Means> means() {
        return Optional.of(Means.DEBUGGER);
    }

    @Override
    public void inject(Scene scene) throws Exception {
        var chosen = scene.someRouter();
        var application = scene.someApplication();
        where = chosen + " " + application;
        process =
                ProcessHandle.of(scene.stack().part(chosen).pid().orElseThrow()).orElseThrow();
        var router = StreamThreads.attach(scene.debugPort(chosen));
        try {
            StreamThreads.of(router, application).stop(error(router));
        } finally {
            router.dispose();
        }
    }

    private static ObjectReference error(VirtualMachine router) throws IOException {
        return router.classesByName(ERROR).stream()
                .flatMap(type -> type.instances(1).stream())
                .findFirst()
                .orElseThrow(() -> new IOException("the JVM keeps no " + ERROR));
    }

    /** @throws IOException if it works on without its thread */
    @Override
    public void heal(Scene scene) throws Exception {
        try {
            Objects.requireNonNull(process, "injected").onExit().get(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the process of " + where + " does not end", e);
        }
    }

    @Override
    public String where() {
        return where;
    }
}
