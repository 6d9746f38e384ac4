package io.millrace.localstack;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Ports of 127.0.0.1 by which services reach the servers instead of the servers' own: somebody listens there and passes
 * on. A broker tells its clients which port to use, so it has a listener of its own ({@link Ports#detour}) for each
 * service that comes this way.
 *
 * @param brokers by service ({@code edge-1}, {@code router}, {@code timeline} …): the ports for broker 1, 2, …
 * @param cassandra for the timeline service; null for Cassandra's own
 * @param registry for every service; null for the registry's own
 */
public record Detours(
        Map<String, List<Integer>> brokers,
        @Nullable Integer cassandra,
        @Nullable Integer registry) {
    /** Everybody comes straight. */
    public static final Detours NONE = new Detours(Map.of(), null, null);

    public Detours {
        brokers = Map.copyOf(brokers);
    }

    /** {@link #brokers} in the order of {@link Ports#detour}. */
    SortedMap<String, List<Integer>> byService() {
        return new TreeMap<>(brokers);
    }

    int cassandraOr(int port) {
        var other = cassandra;
        return other == null ? port : other;
    }

    int registryOr(int port) {
        var other = registry;
        return other == null ? port : other;
    }
}
