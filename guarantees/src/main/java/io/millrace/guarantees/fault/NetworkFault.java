package io.millrace.guarantees.fault;

import io.millrace.guarantees.net.FrontDoor;
import io.millrace.guarantees.net.Weather;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Bad weather on the way of some of the devices; their connections stay open. */
final class NetworkFault implements Fault {
    private final String name;
    private final String matrix;
    private final String description;
    private final Weather weather;
    private final Duration hold;
    private @Nullable FrontDoor door;

    NetworkFault(String name, String matrix, String description, Weather weather, int holdSeconds) {
        this.name = name;
        this.matrix = matrix;
        this.description = description;
        this.weather = weather;
        this.hold = Duration.ofSeconds(holdSeconds);
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
        var chosen = scene.someDoor();
        door = chosen;
        chosen.change(weather);
    }

    @Override
    public void heal(Scene scene) {
        var chosen = door;
        if (chosen != null) {
            chosen.change(Weather.CLEAR);
        }
    }
}
