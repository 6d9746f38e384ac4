package io.millrace.guarantees.fault;

import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thread of a router stands still in the middle of its work; everything else in the process, its heartbeats too, goes on. */
final class SlowProcessor implements Fault {
    /** Longer than a transaction may last. */
    private static final Duration HOLD = Duration.ofSeconds(13);

    private @Nullable VirtualMachine router;
    private @Nullable ThreadReference thread;
    private String where = "";

    @Override
    public String name() {
        return "slow-processor";
    }

    @Override
    public String matrix() {
        return "F15";
    }

    @Override
    public String description() {
        return "the thread that processes records stands still for " + HOLD.toSeconds() + " s";
    }

    @Override
    public Duration hold() {
        return HOLD;
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
        var attached = StreamThreads.attach(scene.debugPort(chosen));
        router = attached;
        var found = StreamThreads.of(attached, application);
        found.suspend();
        thread = found;
    }

    @Override
    public void heal(Scene scene) {
        var attached = router;
        var found = thread;
        router = null;
        thread = null;
        if (found != null) {
            found.resume();
        }
        if (attached != null) {
            attached.dispose();
        }
    }

    @Override
    public String where() {
        return where;
    }
}
