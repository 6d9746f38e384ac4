package io.millrace.edge.lane;

import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How this edge lives in the log.
 *
 * @param ordinal number of this process in its deployment, which gives it a lane of its own; default: none, the lane is
 *     a hash of the edge id
 * @param tickEvery between two signs of life; default 5 s, the router closes an edge's sessions after 15 s without
 * @param probeWithin without an answer to a sign of life for that long the edge is not ready; default 10 s
 * @param stoodStillAfter an edge that by its own clock did nothing for that long starts a new life; default 10 s
 */
public record LaneSettings(
        @Nullable Integer ordinal, Duration tickEvery, Duration probeWithin, Duration stoodStillAfter) {
    public LaneSettings {
        tickEvery = tickEvery == null ? Duration.ofSeconds(5) : tickEvery;
        probeWithin = probeWithin == null ? Duration.ofSeconds(10) : probeWithin;
        stoodStillAfter = stoodStillAfter == null ? Duration.ofSeconds(10) : stoodStillAfter;
        if (ordinal != null && ordinal < 0) {
            throw new IllegalArgumentException("lane.ordinal is at least 0");
        }
        if (tickEvery.compareTo(Duration.ofSeconds(7)) > 0 || tickEvery.isZero()) {
            throw new IllegalArgumentException("lane.tickEvery is above 0 and at most 7s");
        }
    }

    OptionalInt place() {
        return ordinal == null ? OptionalInt.empty() : OptionalInt.of(ordinal);
    }

    /** All defaults. */
    public static LaneSettings defaults() {
        return new LaneSettings(null, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10));
    }
}
