package io.millrace.guarantees.views;

import com.datastax.driver.core.Cluster;
import com.datastax.driver.core.Row;
import com.datastax.driver.core.Session;
import com.datastax.driver.core.SocketOptions;
import io.millrace.guarantees.check.Box;
import io.millrace.guarantees.check.Tables;
import io.millrace.guarantees.history.BodyHash;
import io.millrace.schemas.body.KeyRing;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Scans the tables of the projection. Not thread-safe. */
public final class TableView implements AutoCloseable {
    private static final String KEYSPACE = "millrace";
    private static final int READ_TIMEOUT_MS = 30_000;

    private final Cluster cluster;
    private final Session session;

    public TableView(int cqlPort) {
        cluster = Cluster.builder()
                .addContactPointsWithPorts(new InetSocketAddress(InetAddress.getLoopbackAddress(), cqlPort))
                .withPort(cqlPort)
                .withoutJMXReporting()
                .withoutMetrics()
                .withSocketOptions(new SocketOptions().setReadTimeoutMillis(READ_TIMEOUT_MS))
                .build();
        session = cluster.connect(KEYSPACE);
    }

    /** How far each user's timeline is written. */
    public Map<String, Long> heads() {
        var heads = new TreeMap<String, Long>();
        for (Row row : session.execute("SELECT DISTINCT user, head FROM conversations_by_user")) {
            heads.put(row.getString("user"), row.getLong("head"));
        }
        return heads;
    }

    /** How far each conversation is written. */
    public Map<String, Long> versions() {
        var versions = new TreeMap<String, Long>();
        for (Row row : session.execute("SELECT conversation, applied_version FROM conversations")) {
            versions.put(row.getString("conversation"), row.getLong("applied_version"));
        }
        return versions;
    }

    /**
     * Every row of every table that is judged.
     *
     * @param keys what bodies are read with
     */
    public Tables scan(KeyRing keys) {
        return new Tables(
                rows(
                        "SELECT conversation, seq, version, message_id, from_user, client_message_id, body, body_key,"
                                + " recalled_version FROM messages_by_conversation",
                        row -> new Tables.MessageRow(
                                row.getString("conversation"),
                                row.getLong("seq"),
                                row.getLong("version"),
                                row.getString("message_id"),
                                row.getString("from_user"),
                                row.getString("client_message_id"),
                                row.isNull("recalled_version") ? body(row, keys) : null)),
                rows(
                        "SELECT conversation, version, seq, hash FROM events_by_conversation",
                        row -> new Tables.EventRow(
                                row.getString("conversation"),
                                row.getLong("version"),
                                number(row, "seq"),
                                hex(row.getBytes("hash")))),
                rows(
                        "SELECT user, position, conversation, version, seq, hash, unread, total_unread"
                                + " FROM timelines_by_user",
                        row -> new Tables.EntryRow(
                                row.getString("user"),
                                row.getLong("position"),
                                row.getString("conversation"),
                                number(row, "version"),
                                number(row, "seq"),
                                hex(row.getBytes("hash")),
                                row.getLong("unread"),
                                row.getLong("total_unread"))),
                rows(
                        "SELECT conversation, applied_version, applied_seq FROM conversations",
                        row -> new Tables.AppliedRow(
                                row.getString("conversation"),
                                row.getLong("applied_version"),
                                row.getLong("applied_seq"))),
                rows(
                        "SELECT user, conversation, last_seq, read_seq, unread FROM conversations_by_user",
                        row -> new Box(
                                row.getString("user"),
                                row.getString("conversation"),
                                row.getLong("last_seq"),
                                row.getLong("read_seq"),
                                row.getLong("unread"))));
    }

    private <T> List<T> rows(String cql, Function<Row, T> read) {
        var rows = new ArrayList<T>();
        session.execute(cql).forEach(row -> rows.add(read.apply(row)));
        return rows;
    }

    private static @Nullable Long number(Row row, String column) {
        return row.isNull(column) ? null : row.getLong(column);
    }

    private static String body(Row row, KeyRing keys) {
        var stored = row.getBytes("body");
        var keyId = row.getString("body_key");
        boolean encrypted = keyId != null && stored != null && stored.hasRemaining();
        return BodyHash.ofText(bytes(encrypted ? keys.decrypt(keyId, stored).orElse(stored) : stored));
    }

    private static String hex(@Nullable ByteBuffer hash) {
        return HexFormat.of().formatHex(bytes(hash));
    }

    private static byte[] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return new byte[0];
        }
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
