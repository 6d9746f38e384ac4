package io.millrace.benchmarks.baseline;

import com.datastax.driver.core.BatchStatement;
import com.datastax.driver.core.PreparedStatement;
import com.datastax.driver.core.ResultSet;
import com.datastax.driver.core.Row;
import com.datastax.driver.core.Session;
import com.datastax.driver.core.Statement;
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import io.millrace.benchmarks.stage.TestBed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are in the store, written by the driver alone into tables of the same form: what is written is in memory before,
 * each row as it is in the end, in batches of one partition as large as those of Millrace, in no order, with as many under
 * way. Of a large store it is a part by chance.
 */
public final class RawRows {
    private static final int SAMPLE = 200_000;
    private static final int WARM_UP = 20_000;
    private static final int BATCH = 32;
    private static final int IN_FLIGHT = 256;
    private static final long STAMP = 1;

    private final Session session;
    private final String from;
    private final Random random;

    private RawRows(Session session, String from, long seed) {
        this.session = session;
        this.from = from;
        this.random = new Random(seed);
    }

    /** Rows of one partition of one table. */
    private record Batch(PreparedStatement insert, List<ByteBuffer[]> rows) {
        Statement bound() {
            var all = new BatchStatement(BatchStatement.Type.UNLOGGED);
            for (var row : rows) {
                var one = insert.bind();
                for (int i = 0; i < row.length; i++) {
                    if (row[i] != null) {
                        one.setBytesUnsafe(i, row[i].duplicate());
                    }
                }
                one.setLong(row.length, STAMP);
                all.add(one);
            }
            return rows.size() == 1 ? all.getStatements().iterator().next() : all;
        }
    }

    /**
     * Rows a second.
     *
     * @param from keyspace with the rows
     * @param rows how many there are in it
     */
    public static double perSecond(TestBed bed, String from, double rows) throws IOException, InterruptedException {
        var raw = new RawRows(bed.session(), from, bed.options().seed());
        var warm = raw.batches(from + "_warm", Math.min(1, WARM_UP / rows));
        raw.write(warm);
        var measured = raw.batches(from + "_raw", Math.min(1, SAMPLE / rows));
        double perSecond = raw.write(measured);
        for (var keyspace : List.of(from + "_warm", from + "_raw")) {
            bed.session().execute("DROP KEYSPACE " + keyspace);
        }
        return perSecond;
    }

    /** Makes the tables anew in another keyspace and reads what is to be written there. */
    private List<Batch> batches(String to, double share) {
        session.execute("CREATE KEYSPACE " + to + " WITH replication ="
                + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
        var all = new ArrayList<Batch>();
        for (var table :
                session.execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = '" + from + "'")) {
            read(table.getString(0), to, share, all);
        }
        Collections.shuffle(all, random);
        return all;
    }

    private void read(String table, String to, double share, List<Batch> into) {
        var made = session.execute("DESCRIBE TABLE " + from + "." + table).one().getString("create_statement");
        session.execute(made.replace("CREATE TABLE " + from + ".", "CREATE TABLE " + to + "."));
        var key = columns(table, "partition_key");
        var clustering = columns(table, "clustering");
        var names = Stream.of(key, clustering, columns(table, "static"), columns(table, "regular"))
                .flatMap(List::stream)
                .toList();
        var insert = session.prepare("INSERT INTO " + to + "." + table + " (" + String.join(", ", names) + ") VALUES ("
                + names.stream().map(name -> "?").collect(Collectors.joining(", ")) + ") USING TIMESTAMP ?");
        var same = new ArrayList<ByteBuffer[]>();
        for (var row : session.execute("SELECT " + String.join(", ", names) + " FROM " + from + "." + table)) {
            var values = values(row, names.size());
            if (!same.isEmpty() && (same.size() == BATCH || !isSame(same.get(0), values, key.size()))) {
                keep(insert, same, share, into);
            }
            if (clustering.isEmpty() || values[key.size()] != null) { // else there is nothing but static cells
                same.add(values);
            }
        }
        keep(insert, same, share, into);
    }

    private List<String> columns(String table, String kind) {
        return session
                .execute("SELECT column_name, kind, position FROM system_schema.columns WHERE keyspace_name = '" + from
                        + "' AND table_name = '" + table + "'")
                .all()
                .stream()
                .filter(column -> column.getString("kind").equals(kind))
                .sorted((one, other) -> Integer.compare(one.getInt("position"), other.getInt("position")))
                .map(column -> column.getString("column_name"))
                .toList();
    }

    private void keep(PreparedStatement insert, List<ByteBuffer[]> same, double share, List<Batch> into) {
        if (!same.isEmpty() && random.nextDouble() < share) {
            into.add(new Batch(insert, List.copyOf(same)));
        }
        same.clear();
    }

    private static ByteBuffer[] values(Row row, int count) {
        var values = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            values[i] = row.getBytesUnsafe(i);
        }
        return values;
    }

    private static boolean isSame(ByteBuffer[] one, ByteBuffer[] other, int key) {
        for (int i = 0; i < key; i++) {
            if (!one[i].equals(other[i])) {
                return false;
            }
        }
        return true;
    }

    private double write(List<Batch> batches) throws IOException, InterruptedException {
        var room = new Semaphore(IN_FLIGHT);
        var failures = new LongAdder();
        long rows = 0;
        long began = System.nanoTime();
        for (var batch : batches) {
            room.acquire();
            rows += batch.rows().size();
            Futures.addCallback(
                    session.executeAsync(batch.bound()),
                    new FutureCallback<ResultSet>() {
                        @Override
                        public void onSuccess(@Nullable ResultSet result) {
                            room.release();
                        }

                        @Override
                        public void onFailure(Throwable failure) {
                            failures.increment();
                            room.release();
                        }
                    },
                    MoreExecutors.directExecutor());
        }
        room.acquire(IN_FLIGHT);
        double seconds = (System.nanoTime() - began) / 1e9;
        if (failures.sum() > 0) {
            throw new IOException(failures.sum() + " of " + batches.size() + " batches were not written");
        }
        return rows / seconds;
    }
}
