package io.millrace.guarantees.fault;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The wall clock of one process jumps, and back again. */
final class WrongClock implements Fault {
    private static final Duration HOLD = Duration.ofSeconds(12);

    private final String name;
    private final String description;
    private final Duration ahead;
    private @Nullable String part;

    WrongClock(String name, String description, Duration ahead) {
        this.name = name;
        this.description = description;
        this.ahead = ahead;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String matrix() {
        return "F33";
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Duration hold() {
        return HOLD;
    }

    @Override
    public Optional<Means> means() {
        return Optional.of(Means.CLOCKS);
    }

    @Override
    public void inject(Scene scene) throws Exception {
        var parts = scene.stack().parts();
        var chosen = parts.get(scene.random().nextInt(parts.size())).name();
        part = chosen;
        scene.clocks().set(chosen, ahead);
    }

    @Override
    public void heal(Scene scene) throws Exception {
        var chosen = part;
        if (chosen != null) {
            scene.clocks().set(chosen, Duration.ZERO);
        }
    }

    @Override
    public String where() {
        return String.valueOf(part);
    }
}
