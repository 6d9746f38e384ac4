package io.millrace.edge.lane;

import java.util.Optional;

/** The life that is lived now, for those who write records in its name. Thread-safe. */
public final class CurrentLife {
    private volatile Optional<EdgeLife> life = Optional.empty();
    private volatile boolean ready;

    /** Empty between two lives. */
    public Optional<EdgeLife> get() {
        return life;
    }

    /** Whether the way through the log to this edge's lane is open: a probe came back in time. */
    public boolean isReady() {
        return ready;
    }

    void begin(EdgeLife begun) {
        life = Optional.of(begun);
    }

    void end() {
        ready = false;
        life = Optional.empty();
    }

    void ready(boolean is) {
        ready = is;
    }
}
