package io.millrace.timeline.cassandra;

import com.datastax.driver.core.ConsistencyLevel;
import io.millrace.service.config.ConfigException;
import io.millrace.service.config.Secret;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the store is reached. Not reloadable.
 *
 * @param contactPoints nodes to begin with, {@code host:port}; default 127.0.0.1:27142
 * @param keyspace where the tables are, created if missing; default millrace
 * @param datacenter local data centre; empty: one simple data centre
 * @param replicationFactor copies of each row, when the keyspace is created; default 1, in a cluster 3
 * @param consistency of reads and writes: LOCAL_QUORUM (default), QUORUM, or ONE on a single node
 * @param maxInFlight requests of the writer that are under way at once, 1 to 1024; default 256
 * @param migrationsElsewhere true where another instance applies the migrations: only one may do so at a time
 * @param requestTimeoutMs how long one request may take, milliseconds, from 100; default 5000
 * @param user role to log in as; none: the nodes ask for none
 * @param password of that role
 * @param tls how the connections are encrypted; none: they are not
 */
public record CassandraSettings(
        List<String> contactPoints,
        String keyspace,
        String datacenter,
        int replicationFactor,
        String consistency,
        int maxInFlight,
        boolean migrationsElsewhere,
        int requestTimeoutMs,
        @Nullable String user,
        @Nullable Secret password,
        @Nullable StoreTls tls) {
    private static final Set<String> CONSISTENCIES = Set.of("LOCAL_QUORUM", "QUORUM", "ONE");

    public CassandraSettings {
        contactPoints = contactPoints == null ? List.of("127.0.0.1:27142") : List.copyOf(contactPoints);
        keyspace = keyspace == null ? "millrace" : keyspace;
        datacenter = datacenter == null ? "" : datacenter;
        replicationFactor = replicationFactor == 0 ? 1 : replicationFactor;
        consistency = consistency == null ? "LOCAL_QUORUM" : consistency;
        maxInFlight = maxInFlight == 0 ? 256 : maxInFlight;
        requestTimeoutMs = requestTimeoutMs == 0 ? 5_000 : requestTimeoutMs;
        check(!contactPoints.isEmpty(), "contactPoints is empty; give host:port");
        check(contactPoints.stream().allMatch(p -> p.matches(".+:[0-9]{1,5}")), "contactPoints are host:port");
        check(keyspace.matches("[a-z][a-z0-9_]{0,47}"), "keyspace is a lower-case name of at most 48 characters");
        check(datacenter.matches("[A-Za-z0-9_-]*"), "datacenter has a character outside [A-Za-z0-9_-]");
        check(CONSISTENCIES.contains(consistency), "consistency is one of " + CONSISTENCIES);
        check(replicationFactor >= 1, "replicationFactor is at least 1");
        check(maxInFlight >= 1 && maxInFlight <= 1024, "maxInFlight is 1 to 1024");
        check(requestTimeoutMs >= 100, "requestTimeoutMs is at least 100");
        check((user == null) == (password == null), "user and password are given together");
        check(user == null || !user.isBlank(), "user is not blank");
    }

    /** For a service that says nothing about it: the local stack. */
    public static CassandraSettings defaults() {
        return new CassandraSettings(
                List.of("127.0.0.1:27142"), "millrace", "", 0, "LOCAL_QUORUM", 0, false, 0, null, null, null);
    }

    /** The same nodes, another keyspace, which nobody else makes. */
    public CassandraSettings in(String otherKeyspace) {
        return with(otherKeyspace, migrationsElsewhere && otherKeyspace.equals(keyspace));
    }

    /** The same, and nothing is made that is missing. */
    public CassandraSettings withoutMigrations() {
        return with(keyspace, true);
    }

    private CassandraSettings with(String otherKeyspace, boolean elsewhere) {
        return new CassandraSettings(
                contactPoints,
                otherKeyspace,
                datacenter,
                replicationFactor,
                consistency,
                maxInFlight,
                elsewhere,
                requestTimeoutMs,
                user,
                password,
                tls);
    }

    ConsistencyLevel level() {
        return ConsistencyLevel.valueOf(consistency);
    }

    private static void check(boolean good, String rule) {
        if (!good) {
            throw new ConfigException("cassandra." + rule);
        }
    }
}
