package io.millrace.timeline.consume;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One assigned partition: at most one batch is being written, so the offset behind a finished batch is the lowest that
 * is not yet in the store. Used by the consuming thread alone.
 */
final class PartitionProgress {
    private final BatchWriter writer;
    private final ExecutorService threads;
    private final WriterMetrics metrics;
    private @Nullable Future<?> running;
    private long nextOffset;

    PartitionProgress(BatchWriter writer, ExecutorService threads, WriterMetrics metrics) {
        this.writer = writer;
        this.threads = threads;
        this.metrics = metrics;
    }

    boolean busy() {
        return running != null;
    }

    void begin(List<ConsumerRecord<String, byte[]>> batch) {
        if (running != null) {
            throw new IllegalStateException("a paused partition gave records");
        }
        long began = System.nanoTime();
        nextOffset = batch.get(batch.size() - 1).offset() + 1;
        running = threads.submit(() -> {
            writer.write(batch);
            metrics.written(batch.get(0).topic(), batch.size(), Duration.ofNanos(System.nanoTime() - began));
            return null;
        });
    }

    /**
     * The offset to commit if the batch is done, else empty.
     *
     * @throws IllegalStateException if the batch failed for good: log and store do not fit, or a bug
     */
    OptionalLong poll() {
        return running != null && running.isDone() ? await(Duration.ZERO) : OptionalLong.empty();
    }

    /** As {@link #poll}, after waiting for the batch. */
    OptionalLong await(Duration atMost) {
        var batch = running;
        if (batch == null) {
            return OptionalLong.empty();
        }
        try {
            batch.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            running = null;
            return OptionalLong.of(nextOffset);
        } catch (TimeoutException e) {
            return OptionalLong.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a batch cannot be written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
    }

    /** Gives the batch up; its records stay uncommitted. */
    void cancel() {
        if (running != null) {
            running.cancel(true);
            running = null;
        }
    }
}
