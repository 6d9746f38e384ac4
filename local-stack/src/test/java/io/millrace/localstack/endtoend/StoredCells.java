package io.millrace.localstack.endtoend;

import com.datastax.driver.core.Cluster;
import com.datastax.driver.core.ResultSet;
import com.datastax.driver.core.Row;
import com.datastax.driver.core.Session;
import io.millrace.localstack.LocalStack;
import java.util.Objects;

/** Looks into Cassandra past the service, and reaches into it as an operator would: what is stored, not what is shown. */
final class StoredCells implements AutoCloseable {
    private final Cluster cluster;
    private final Session session;

    StoredCells(LocalStack stack) {
        cluster = Cluster.builder()
                .addContactPoint("127.0.0.1")
                .withPort(stack.cqlPort())
                .withoutJMXReporting()
                .build();
        session = cluster.connect("millrace");
    }

    /** The row of a message of the first ten thousand, which must be there. */
    Row message(String conversation, long seq) {
        var rows = session.execute(
                "SELECT message_id, version, body, body_key, ttl(body) AS body_ttl, edited_version, recalled_version, expires_at"
                        + " FROM messages_by_conversation WHERE conversation = ? AND bucket = 0 AND seq = ?",
                conversation,
                seq);
        return Objects.requireNonNull(rows.one(), "message " + seq + " of " + conversation);
    }

    /** The row of a message that waits or once did, which must be there. */
    Row scheduled(String user, String conversation, long version) {
        var rows = session.execute(
                "SELECT send_at, body, over FROM scheduled_by_user WHERE user = ? AND conversation = ? AND version = ?",
                user,
                conversation,
                version);
        return Objects.requireNonNull(rows.one(), "scheduled " + version + " of " + conversation);
    }

    /** Any statement, as somebody would type it. */
    ResultSet cql(String statement, Object... values) {
        return session.execute(statement, values);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
