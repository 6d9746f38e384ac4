package io.millrace.edge.lane;

import io.millrace.schemas.record.Origin;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * One life of this process as the log knows it. A restarted or fenced edge has a new one, so nothing that was meant for
 * an earlier life reaches this one. Numbers its commands. Thread-safe.
 */
public final class EdgeLife {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String id;
    private final int lane;
    private final AtomicLong commands = new AtomicLong();

    private EdgeLife(String id, int lane) {
        this.id = id;
        this.lane = lane;
    }

    /**
     * A new life under a random id.
     *
     * @param ordinal of this process in its deployment, where it has one; else the lane is a hash of the id
     * @param lanes partitions of {@code deliveries}
     */
    public static EdgeLife begin(OptionalInt ordinal, int lanes) {
        var random = new byte[10];
        RANDOM.nextBytes(random);
        var id = "e-" + HexFormat.of().formatHex(random);
        int number = ordinal.orElseGet(() -> Utils.toPositive(Utils.murmur2(id.getBytes(StandardCharsets.US_ASCII))));
        return new EdgeLife(id, Math.floorMod(number, lanes));
    }

    public String id() {
        return id;
    }

    /** Partition of {@code deliveries} that this life reads. */
    public int lane() {
        return lane;
    }

    /** The next number of a command, from 1. */
    public long nextCommand() {
        return commands.incrementAndGet();
    }

    /** @param session null for what came by HTTP or concerns no session */
    public Origin origin(@Nullable String session, long command) {
        return new Origin(id, lane, session, command);
    }

    @Override
    public String toString() {
        return id + "@" + lane;
    }
}
