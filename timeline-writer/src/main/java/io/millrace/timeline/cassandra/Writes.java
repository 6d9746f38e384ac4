package io.millrace.timeline.cassandra;

import com.datastax.driver.core.BatchStatement;
import com.datastax.driver.core.ResultSet;
import com.datastax.driver.core.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes until it is written: bounded in flight over all callers, one unlogged batch per partition, retried with
 * jittered back-off for as long as it takes. A caller gives up by interrupting its thread. Thread-safe.
 */
final class Writes implements WriteTarget {
    private static final Logger LOGGER = LoggerFactory.getLogger(Writes.class);
    /** Statements of one partition, no more than that, are one batch. */
    static final int BATCH_STATEMENTS = 32;

    private static final long BACKOFF_MIN_MS = 100;
    private static final long BACKOFF_MAX_MS = 5_000;

    private final Requests requests;
    private final Semaphore permits;
    private final StoreMetrics metrics;

    Writes(Requests requests, int maxInFlight, StoreMetrics metrics) {
        this.requests = requests;
        this.permits = new Semaphore(maxInFlight);
        this.metrics = metrics;
    }

    @Override
    public void all(List<PartitionedStatement> statements) throws InterruptedException {
        allOf(() -> statements);
    }

    @Override
    public void allOf(Supplier<List<PartitionedStatement>> bound) throws InterruptedException {
        var statements = bound.get();
        metrics.rowsSent(
                statements.stream().mapToInt(PartitionedStatement::rows).sum());
        var batches = batches(statements);
        var open = IntStream.range(0, batches.size()).boxed().toList();
        for (int attempt = 0; !open.isEmpty(); attempt++) {
            if (attempt > 0) {
                metrics.writesRetried(open.size());
                Thread.sleep(backoffMs(attempt));
                batches = batches(bound.get());
            }
            open = attempt(batches, open);
        }
    }

    /** Returns those that failed. */
    private List<Integer> attempt(List<Statement> batches, List<Integer> open) throws InterruptedException {
        var answers = new ArrayList<CompletableFuture<ResultSet>>(open.size());
        for (int index : open) {
            permits.acquire();
            var answer = requests.send(batches.get(index));
            answers.add(answer.whenComplete((result, failure) -> permits.release()));
        }
        var failed = new ArrayList<Integer>();
        Throwable last = null;
        for (int i = 0; i < answers.size(); i++) {
            try {
                answers.get(i).get();
            } catch (ExecutionException e) {
                failed.add(open.get(i));
                last = e.getCause();
            }
        }
        if (last != null) {
            LOGGER.atWarn()
                    .addKeyValue("failed", failed.size())
                    .addKeyValue("of", open.size())
                    .addKeyValue("errorCode", last.getClass().getSimpleName())
                    .log("cassandra.write.failed");
        }
        return failed;
    }

    /** Equal jitter: half of an exponential back-off is certain, half is random, so that partitions do not return as one. */
    static long backoffMs(int attempt) {
        long full = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS << Math.min(attempt, 10));
        return full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1);
    }

    static List<Statement> batches(List<PartitionedStatement> statements) {
        var byPartition = new LinkedHashMap<String, List<Statement>>();
        for (var s : statements) {
            byPartition.computeIfAbsent(s.partition(), p -> new ArrayList<>()).add(s.statement());
        }
        var batches = new ArrayList<Statement>();
        for (var same : byPartition.values()) {
            for (int from = 0; from < same.size(); from += BATCH_STATEMENTS) {
                var part = same.subList(from, Math.min(same.size(), from + BATCH_STATEMENTS));
                if (part.size() == 1) {
                    batches.add(part.get(0));
                } else {
                    var batch = new BatchStatement(BatchStatement.Type.UNLOGGED);
                    // what stays together is a batch already: it is taken in whole
                    part.forEach(batch::add);
                    batches.add(batch.setIdempotent(true));
                }
            }
        }
        return batches;
    }
}
