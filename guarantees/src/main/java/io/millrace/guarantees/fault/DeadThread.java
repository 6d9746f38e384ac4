package io.millrace.guarantees.fault;

import com.sun.jdi.ObjectReference;
import com.sun.jdi.VirtualMachine;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The thread that processes records dies of an error while its process stays up. */
final class DeadThread implements Fault {
    /** The JVM keeps some of these at hand, so that one need not be made in a foreign process. */
    private static final String ERROR = "java.lang.OutOfMemoryError";

    private String where = "";

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
        return "an error is thrown in the thread that processes records; the process is left up";
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

    @Override
    public void heal(Scene scene) {}

    @Override
    public String where() {
        return where;
    }
}
