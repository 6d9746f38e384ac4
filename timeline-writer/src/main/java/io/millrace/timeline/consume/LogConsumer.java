package io.millrace.timeline.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the log, partition by partition. A partition is paused while its batch is being written and polling goes on, so
 * the consumer stays in its group however long the store is away. Offsets are committed behind the writes, as far as the
 * store may forget: at intervals, when a partition is taken away in order, and at the end; never when it was lost. When a
 * node of the store has been away, what it may have forgotten is written again. One thread.
 */
public final class LogConsumer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LogConsumer.class);
    private static final Duration POLL_IDLE = Duration.ofMillis(100);
    private static final Duration POLL_BUSY = Duration.ofMillis(2);
    private static final long COMMIT_EVERY_NANOS = Duration.ofMillis(250).toNanos();
    private static final Duration FLUSH = Duration.ofSeconds(5);

    private final Consumer<String, byte[]> consumer;
    private final Function<String, BatchWriter> writers;
    private final WriterMetrics metrics;
    private final ExecutorService threads;
    private final Thread thread = new Thread(this::run, "consume");
    private final Map<TopicPartition, PartitionProgress> partitions = new HashMap<>();
    private final Map<TopicPartition, Trail> trails = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private final Set<TopicPartition> rewinding = new HashSet<>();
    private final long settlingNanos;
    private final AtomicBoolean storeReturned = new AtomicBoolean();
    private final AnsweringTime storeTime = new AnsweringTime(System.nanoTime());
    private long committedAtNanos = System.nanoTime();
    private volatile boolean assigned;
    private volatile boolean closed;

    /** Takes over the consumer. */
    public LogConsumer(
            Consumer<String, byte[]> consumer, BatchWriters writers, WriterMetrics metrics, WriterSettings settings) {
        this(consumer, writers::of, metrics, settings);
    }

    /** @param writers makes the writer of a partition of that topic */
    LogConsumer(
            Consumer<String, byte[]> consumer,
            Function<String, BatchWriter> writers,
            WriterMetrics metrics,
            WriterSettings settings) {
        this.consumer = consumer;
        this.writers = writers;
        this.metrics = metrics;
        this.settlingNanos = settings.settling().toNanos();
        this.threads = Executors.newFixedThreadPool(settings.threads(), work -> {
            var writer = new Thread(work, "write");
            writer.setDaemon(true);
            return writer;
        });
    }

    public void start() {
        thread.start();
    }

    /** A node of the store is back: what it acknowledged last may be lost, and is written again. Any thread. */
    public void onStoreReturned() {
        storeReturned.set(true);
    }

    /** The store is there; told about once a second. Only while it is, what it acknowledged gets settled. Any thread. */
    public void onStoreAnswered() {
        storeTime.answered(System.nanoTime());
    }

    /** Whether the group has given this process its partitions. */
    public boolean isConsuming() {
        return assigned;
    }

    /** Whether the consuming thread runs; once started it ends only with {@link #close} or by a fault. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        consumer.wakeup();
        thread.join(FLUSH.multipliedBy(2).toMillis());
        threads.shutdownNow();
        threads.awaitTermination(1, TimeUnit.SECONDS);
    }

    private void run() {
        try (consumer) {
            consumer.subscribe(BatchWriters.TOPICS, new Rebalance());
            while (!closed) {
                round();
            }
            flush(List.copyOf(partitions.keySet()));
        } catch (WakeupException e) {
            flush(List.copyOf(partitions.keySet()));
        } finally {
            partitions.values().forEach(PartitionProgress::cancel);
        }
    }

    private void round() {
        boolean busy = partitions.values().stream().anyMatch(PartitionProgress::busy);
        var records = consumer.poll(busy ? POLL_BUSY : POLL_IDLE);
        for (var partition : records.partitions()) {
            var progress = partitions.get(partition);
            if (progress != null) {
                consumer.pause(List.of(partition));
                var batch = records.records(partition);
                trails.computeIfAbsent(partition, p -> new Trail(batch.get(0).offset()));
                progress.begin(batch);
            }
        }
        long now = System.nanoTime();
        partitions.forEach((partition, progress) -> progress.poll().ifPresent(offset -> {
            trail(partition).written(storeTime.at(now), offset);
            consumer.resume(List.of(partition));
        }));
        if (storeReturned.getAndSet(false)) {
            LOGGER.atWarn().addKeyValue("partitions", trails.size()).log("store.returned");
            rewinding.addAll(trails.keySet());
        }
        List.copyOf(rewinding).forEach(this::rewindIfIdle);
        if (now - committedAtNanos > COMMIT_EVERY_NANOS) {
            commitSettled(now);
        }
    }

    private Trail trail(TopicPartition partition) {
        return Objects.requireNonNull(trails.get(partition), "made with the first batch");
    }

    /** The offset before which the store cannot forget anything. */
    private long settled(Trail trail) {
        return trail.settled(settlingNanos == 0 ? storeTime.at(System.nanoTime()) : storeTime.proved() - settlingNanos);
    }

    /** Begins again where the store cannot have forgotten anything, with heads as the store has them. */
    private void rewindIfIdle(TopicPartition partition) {
        var progress = partitions.get(partition);
        var trail = trails.get(partition);
        if (progress == null || trail == null) {
            rewinding.remove(partition);
        } else if (!progress.busy()) {
            rewinding.remove(partition);
            long offset = settled(trail);
            trails.put(partition, new Trail(offset));
            partitions.put(partition, new PartitionProgress(writers.apply(partition.topic()), threads, metrics));
            consumer.seek(partition, offset);
        }
    }

    private void commitSettled(long now) {
        trails.forEach((partition, trail) -> {
            var settled = new OffsetAndMetadata(settled(trail));
            if (!settled.equals(committed.put(partition, settled))) {
                uncommitted.put(partition, settled);
            }
        });
        if (!uncommitted.isEmpty()) {
            consumer.commitAsync(Map.copyOf(uncommitted), (offsets, failure) -> {
                if (failure != null) {
                    // harmless: a later commit covers it, and writing twice changes nothing
                    LOGGER.atWarn().addKeyValue("error", failure.toString()).log("commit.failed");
                }
            });
            uncommitted.clear();
        }
        committedAtNanos = now;
    }

    /** Waits for what is being written, then commits it. */
    private void flush(Collection<TopicPartition> leaving) {
        long deadline = System.nanoTime() + FLUSH.toNanos();
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : leaving) {
            var progress = partitions.remove(partition);
            if (progress == null) {
                continue;
            }
            var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            var trail = trails.remove(partition);
            var done = progress.await(left);
            progress.cancel();
            uncommitted.remove(partition);
            committed.remove(partition);
            if (trail != null) {
                long now = storeTime.at(System.nanoTime());
                done.ifPresent(offset -> trail.written(now, offset));
                offsets.put(partition, new OffsetAndMetadata(settled(trail)));
            }
        }
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, FLUSH);
        } catch (KafkaException e) {
            // harmless: the next owner writes the same rows again
            LOGGER.atWarn().addKeyValue("error", e.toString()).log("commit.failed");
        }
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            for (var partition : added) {
                partitions.put(partition, new PartitionProgress(writers.apply(partition.topic()), threads, metrics));
            }
            assigned = true;
            LOGGER.atInfo().addKeyValue("partitions", partitions.size()).log("partitions.assigned");
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            flush(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            for (var partition : lost) {
                uncommitted.remove(partition);
                committed.remove(partition);
                trails.remove(partition);
                var progress = partitions.remove(partition);
                if (progress != null) {
                    progress.cancel();
                }
            }
        }
    }
}
