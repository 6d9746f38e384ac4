package io.millrace.benchmarks.baseline;

import com.datastax.driver.core.BatchStatement;
import com.datastax.driver.core.ResultSet;
import com.datastax.driver.core.Session;
import com.datastax.driver.core.Statement;
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import io.millrace.benchmarks.machine.CpuWatch;
import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.report.Spread;
import io.millrace.benchmarks.stage.TestBed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The same driver and a table like those of Millrace: inserts one by one, in batches of one partition, and pages read. */
final class RawStore implements Baseline {
    static final String NAME = "baseline: Cassandra, the same driver";
    static final String INSERTS = "rows inserted one by one";
    static final String BATCHED = "rows inserted in batches of one partition";
    static final String READ = "rows read in pages";

    private static final int IN_FLIGHT = 128;
    private static final int BATCH = 10;
    private static final int PAGE = 200;
    private static final int PARTITIONS = 200;

    @Override
    public Section measure(TestBed bed, Size size) throws InterruptedException {
        var session = bed.session();
        session.execute("CREATE KEYSPACE IF NOT EXISTS baseline WITH replication ="
                + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
        session.execute(
                "CREATE TABLE IF NOT EXISTS baseline.timeline (user text, position bigint, at bigint, body blob,"
                        + " PRIMARY KEY ((user), position))");
        var insert = session.prepare("INSERT INTO baseline.timeline (user, position, at, body) VALUES (?, ?, ?, ?)");
        var page = session.prepare("SELECT * FROM baseline.timeline WHERE user = ? AND position > ? LIMIT " + PAGE);
        var body = new byte[size.recordBytes()];
        new Random(1).nextBytes(body);
        var bytes = ByteBuffer.wrap(body);
        LongFunction<Statement> one = i -> insert.bind("user-" + i % PARTITIONS, i, i, bytes.duplicate());
        LongFunction<Statement> batch = i -> {
            var rows = new BatchStatement(BatchStatement.Type.UNLOGGED);
            for (long row = 0; row < BATCH; row++) {
                rows.add(insert.bind("user-" + i % PARTITIONS, i * BATCH + row, i, bytes.duplicate()));
            }
            return rows;
        };
        LongFunction<Statement> read = i -> page.bind("user-" + i % PARTITIONS, i / PARTITIONS % 10 * PAGE);
        run(session, one, size.seconds(), new PacedRun.Times("warm"));
        var watch = CpuWatch.start(bed.processes());
        var figures = new ArrayList<Figure>();
        var times = new ArrayList<Spread>();
        var single = new PacedRun.Times("one insert, " + IN_FLIGHT + " under way");
        figures.add(new Figure(INSERTS, run(session, one, size.seconds(), single), "rows/s"));
        times.add(single.spread());
        var batches = new PacedRun.Times("one batch of " + BATCH);
        figures.add(new Figure(BATCHED, run(session, batch, size.seconds(), batches), "rows/s"));
        times.add(batches.spread());
        var pages = new PacedRun.Times("one page of " + PAGE);
        figures.add(new Figure(READ, run(session, read, size.seconds(), pages), "rows/s"));
        times.add(pages.spread());
        return Section.of(NAME, figures, times, watch.end());
    }

    /** As many as the store bears with so many under way; answers rows a second. */
    private static double run(Session session, LongFunction<Statement> statements, double seconds, PacedRun.Times times)
            throws InterruptedException {
        var room = new Semaphore(IN_FLIGHT);
        var rows = new LongAdder();
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        for (long i = 0; System.nanoTime() < end; i++) {
            room.acquire();
            var statement = statements.apply(i);
            int written = statement instanceof BatchStatement batch ? batch.size() : 1;
            long sent = System.nanoTime();
            Futures.addCallback(
                    session.executeAsync(statement),
                    new FutureCallback<ResultSet>() {
                        @Override
                        public void onSuccess(@Nullable ResultSet result) {
                            rows.add(
                                    result == null
                                                    || result.getColumnDefinitions()
                                                                    .size()
                                                            == 0
                                            ? written
                                            : result.getAvailableWithoutFetching());
                            times.since(sent);
                            room.release();
                        }

                        @Override
                        public void onFailure(Throwable failure) {
                            room.release(); // counts as nothing
                        }
                    },
                    MoreExecutors.directExecutor());
        }
        room.acquire(IN_FLIGHT);
        return rows.sum() / ((System.nanoTime() - began) / 1e9);
    }
}
