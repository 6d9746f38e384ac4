package io.millrace.guarantees.fault;

import io.millrace.localstack.part.Part;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A fault of one child process, chosen anew each time. */
final class PartFault implements Fault {
    /** What is done to it. */
    enum Harm {
        /** {@code kill -9}; started again afterwards. */
        KILL("kill -9, started again after %d s"),
        /** SIGSTOP; SIGCONT afterwards. */
        FREEZE("SIGSTOP for %d s"),
        /** SIGTERM; started again afterwards. */
        RESTART("SIGTERM, started again after %d s");

        private final String text;

        Harm(String text) {
            this.text = text;
        }
    }

    private final String name;
    private final String matrix;
    private final Harm harm;
    private final Duration hold;
    private final Function<Scene, Part> which;
    private @Nullable Part broken;

    PartFault(String name, String matrix, Harm harm, int holdSeconds, Function<Scene, Part> which) {
        this.name = name;
        this.matrix = matrix;
        this.harm = harm;
        this.hold = Duration.ofSeconds(holdSeconds);
        this.which = which;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String matrix() {
        return matrix;
    }

    @Override
    public String description() {
        return String.format(Locale.ROOT, harm.text, hold.toSeconds());
    }

    @Override
    public Duration hold() {
        return hold;
    }

    @Override
    public void inject(Scene scene) throws Exception {
        var part = which.apply(scene);
        broken = part;
        switch (harm) {
            case KILL -> part.kill();
            case FREEZE -> part.freeze();
            case RESTART -> part.stop();
        }
    }

    @Override
    public void heal(Scene scene) throws Exception {
        var part = Objects.requireNonNull(broken, "nothing is broken");
        switch (harm) {
            case KILL, RESTART -> part.start();
            case FREEZE -> part.thaw();
        }
    }

    @Override
    public String where() {
        var part = broken;
        return part == null ? "" : part.name();
    }
}
