package io.millrace.guarantees.fault;

import io.millrace.guarantees.net.Door;
import io.millrace.guarantees.net.Weather;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Bad weather on some of the ways; connections stay open. */
final class NetworkFault implements Fault {
    private final String name;
    private final String matrix;
    private final String description;
    private final Weather weather;
    private final Duration hold;
    private final Function<Scene, List<Door>> which;
    private List<Door> disturbed = List.of();

    NetworkFault(
            String name,
            String matrix,
            String description,
            Weather weather,
            int holdSeconds,
            Function<Scene, List<Door>> which) {
        this.name = name;
        this.matrix = matrix;
        this.description = description;
        this.weather = weather;
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
        return description;
    }

    @Override
    public Duration hold() {
        return hold;
    }

    @Override
    public void inject(Scene scene) {
        disturbed = which.apply(scene);
        disturbed.forEach(door -> door.change(weather));
    }

    @Override
    public void heal(Scene scene) {
        disturbed.forEach(door -> door.change(Weather.CLEAR));
    }

    @Override
    public String where() {
        return disturbed.stream().map(Door::name).collect(Collectors.joining(" "));
    }
}
