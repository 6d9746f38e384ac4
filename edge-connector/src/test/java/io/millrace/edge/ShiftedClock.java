package io.millrace.edge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The wall clock, put forward as a test likes. Thread-safe. */
public final class ShiftedClock extends Clock {
    private final Clock base = Clock.systemUTC();
    private volatile Duration ahead = Duration.ZERO;

    public void putForward(Duration by) {
        ahead = by;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return base.withZone(zone);
    }
}
