package io.millrace.guarantees.fault;

import com.datastax.driver.core.Cluster;
import com.datastax.driver.core.SimpleStatement;
import com.datastax.driver.core.exceptions.DriverException;
import com.datastax.driver.core.policies.FallthroughRetryPolicy;
import java.nio.ByteBuffer;

/** Rows of no meaning in a keyspace of their own, so that a node whose disk is full comes to notice. */
final class Ballast {
    private static final int ROW_BYTES = 256 << 10;
    /** More than the log of commits has allocated ahead. */
    private static final int MOST_ROWS = 400;

    private Ballast() {}

    /** Writes until the node refuses. Returns how many rows it took; all of them if it never refused. */
    static int throwAt(int cqlPort) {
        int rows = 0;
        try (var cluster = Cluster.builder()
                        .addContactPoint("127.0.0.1")
                        .withPort(cqlPort)
                        .withoutJMXReporting()
                        .withRetryPolicy(FallthroughRetryPolicy.INSTANCE)
                        .build();
                var session = cluster.connect()) {
            while (rows < MOST_ROWS) {
                var row = new SimpleStatement(
                        "INSERT INTO ballast.rows (id, bytes) VALUES (?, ?)", rows, ByteBuffer.allocate(ROW_BYTES));
                row.setReadTimeoutMillis(3_000);
                session.execute(row);
                rows++;
            }
        } catch (DriverException e) {
            return rows; // it has noticed
        }
        return rows;
    }

    /** Before there is need of it: a full node makes no tables. */
    static void prepare(int cqlPort) {
        try (var cluster = Cluster.builder()
                        .addContactPoint("127.0.0.1")
                        .withPort(cqlPort)
                        .withoutJMXReporting()
                        .build();
                var session = cluster.connect()) {
            session.execute("CREATE KEYSPACE IF NOT EXISTS ballast WITH replication ="
                    + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
            session.execute("CREATE TABLE IF NOT EXISTS ballast.rows (id int PRIMARY KEY, bytes blob)");
            session.execute("TRUNCATE ballast.rows");
        }
    }
}
