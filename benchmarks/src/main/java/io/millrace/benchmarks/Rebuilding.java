package io.millrace.benchmarks;

import io.millrace.benchmarks.stage.Rebuild;
import io.millrace.benchmarks.stage.TestBed;
import io.millrace.guarantees.load.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One rebuild after the other, each from the beginning of the log, until it is ended. For one thread. */
final class Rebuilding {
    private static final Duration BEGINNING = Duration.ofMinutes(2);
    private static final long LOOK_MS = 50;

    private final TestBed bed;
    private final String keyspace;
    private final List<String> options;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<?> work;
    private volatile Rebuild current;
    private volatile boolean over;

    private Rebuilding(TestBed bed, String keyspace, List<String> options, Rebuild first) {
        this.bed = bed;
        this.keyspace = keyspace;
        this.options = options;
        this.current = first;
        this.work = thread.submit(() -> {
            run(first);
            return null;
        });
    }

    /** Returns when the first one writes. */
    static Rebuilding begin(TestBed bed, String keyspace, List<String> options)
            throws IOException, InterruptedException {
        var first = Rebuild.start(bed, keyspace, options);
        if (!Await.that(first::isWriting, BEGINNING, LOOK_MS)) {
            first.close();
            throw new IOException("the rebuild does not write after " + BEGINNING.toSeconds() + " s");
        }
        return new Rebuilding(bed, keyspace, options, first);
    }

    private void run(Rebuild first) throws IOException, InterruptedException {
        var rebuild = first;
        while (true) {
            try {
                rebuild.await();
            } catch (IOException e) {
                if (over) {
                    return; // it was ended
                }
                throw e;
            }
            if (over) {
                return;
            }
            rebuild = Rebuild.start(bed, keyspace, options);
            current = rebuild;
            if (over) {
                rebuild.close();
            }
        }
    }

    /** @throws IOException if one of them failed before */
    void end() throws IOException, InterruptedException {
        over = true;
        current.close();
        thread.shutdown();
        try {
            work.get();
        } catch (ExecutionException e) {
            throw new IOException("a rebuild failed", e.getCause());
        }
    }
}
