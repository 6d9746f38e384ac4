package io.millrace.timeline.cassandra;

import com.datastax.driver.core.Cluster;
import com.datastax.driver.core.HostDistance;
import com.datastax.driver.core.PoolingOptions;
import com.datastax.driver.core.PreparedStatement;
import com.datastax.driver.core.QueryOptions;
import com.datastax.driver.core.Session;
import com.datastax.driver.core.SocketOptions;
import com.datastax.driver.core.exceptions.DriverException;
import com.datastax.driver.core.policies.DCAwareRoundRobinPolicy;
import com.datastax.driver.core.policies.ExponentialReconnectionPolicy;
import com.datastax.driver.core.policies.TokenAwarePolicy;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A session on the keyspace with its tables in place. The driver reconnects by itself. Thread-safe. */
public final class CassandraConnection implements Preparing, AutoCloseable {
    private static final long RECONNECT_MIN_MS = 250;
    private static final long RECONNECT_MAX_MS = 5_000;

    private final Cluster cluster;
    private final Session session;

    private final String keyspace;
    private final Map<String, PreparedStatement> prepared = new ConcurrentHashMap<>();

    private CassandraConnection(Cluster cluster, Session session, String keyspace) {
        this.cluster = cluster;
        this.session = session;
        this.keyspace = keyspace;
    }

    /**
     * Connects, creates the keyspace if it is missing and applies what migrations are new.
     *
     * @throws StoreUnavailableException if no node answers; try again with a new call
     * @throws StoreRefusedException if a node answers and will not have us; another call would not help
     */
    public static CassandraConnection open(CassandraSettings settings) {
        var cluster = cluster(settings);
        try {
            try (var bare = cluster.connect()) {
                new Migrations(bare, settings).apply();
            }
            return new CassandraConnection(cluster, cluster.connect(), settings.keyspace());
        } catch (DriverException e) {
            cluster.close();
            var refusal = Refusal.in(e);
            if (refusal.isPresent()) {
                throw new StoreRefusedException(refusal.get(), e);
            }
            throw new StoreUnavailableException("no connection to Cassandra at " + settings.contactPoints(), e);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** @param then called on a thread of the driver whenever a node that was lost answers again */
    void onNodeReturned(Runnable then) {
        cluster.register(new NodeReturns(then));
    }

    /** Prepares each statement once, however often it is asked for. */
    @Override
    public PreparedStatement prepare(String cql) {
        return prepared.computeIfAbsent(
                cql, c -> session.prepare(c.replace("$.", keyspace + ".")).setIdempotent(true));
    }

    Session session() {
        return session;
    }

    @Override
    public void close() {
        cluster.close();
    }

    private static Cluster cluster(CassandraSettings settings) {
        var datacenter = DCAwareRoundRobinPolicy.builder();
        if (!settings.datacenter().isEmpty()) {
            datacenter.withLocalDc(settings.datacenter());
        }
        var builder = Cluster.builder()
                .addContactPointsWithPorts(addresses(settings.contactPoints()))
                .withPort(addresses(settings.contactPoints()).get(0).getPort())
                .withoutJMXReporting()
                .withQueryOptions(
                        new QueryOptions().setConsistencyLevel(settings.level()).setDefaultIdempotence(true))
                .withPoolingOptions(new PoolingOptions()
                        .setConnectionsPerHost(HostDistance.LOCAL, 1, 2)
                        .setMaxRequestsPerConnection(HostDistance.LOCAL, 2048)
                        .setPoolTimeoutMillis(0)
                        .setHeartbeatIntervalSeconds(10))
                .withSocketOptions(new SocketOptions()
                        .setConnectTimeoutMillis(settings.requestTimeoutMs())
                        .setReadTimeoutMillis(settings.requestTimeoutMs()))
                .withReconnectionPolicy(new ExponentialReconnectionPolicy(RECONNECT_MIN_MS, RECONNECT_MAX_MS))
                .withLoadBalancingPolicy(new TokenAwarePolicy(datacenter.build()));
        if (settings.user() != null && settings.password() != null) {
            builder.withCredentials(settings.user(), settings.password().value());
        }
        if (settings.tls() != null) {
            builder.withSSL(settings.tls().options());
        }
        return builder.build();
    }

    private static List<InetSocketAddress> addresses(List<String> contactPoints) {
        return contactPoints.stream()
                .map(point -> {
                    int colon = point.lastIndexOf(':');
                    return new InetSocketAddress(
                            point.substring(0, colon), Integer.parseInt(point, colon + 1, point.length(), 10));
                })
                .toList();
    }
}
