package io.millrace.edge.lane;

import java.util.OptionalInt;

/** Begins and ends lives for tests that have no log. */
public final class Lives {
    private Lives() {}

    public static CurrentLife ready() {
        var current = new CurrentLife();
        begin(current);
        return current;
    }

    public static EdgeLife begin(CurrentLife current) {
        var life = EdgeLife.begin(OptionalInt.of(0), 4);
        current.begin(life);
        current.ready(true);
        return life;
    }

    public static void ready(CurrentLife current, boolean ready) {
        current.ready(ready);
    }

    public static void end(CurrentLife current) {
        current.end();
    }
}
