package io.millrace.timeline.replay;

import io.millrace.timeline.cassandra.TableShape;
import io.millrace.timeline.cassandra.TimelineStore;
import io.millrace.timeline.consume.AnsweringTime;
import io.millrace.timeline.consume.BatchWriters;
import io.millrace.timeline.consume.LogHeads;
import io.millrace.timeline.consume.WriterMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes rows again from the log, as far as it reaches when the run begins. Rows carry the stamps of their records, so
 * what the live writer writes meanwhile stays as it is. How far it is stands in a file, behind the rows: a run that was
 * killed goes on from there. What was written before is then read, not written, to know the heads.
 */
final class Rebuild {
    private final ReplayLog log;
    private final TimelineStore store;
    private final WriterMetrics metrics;
    private final Selection selection;
    private final Set<String> tables;
    private final Options options;
    private final ProgressLine line;
    private final Pace pace;
    private final Trails trails = new Trails();
    private final AtomicBoolean storeReturned = new AtomicBoolean();
    private final AnsweringTime storeTime = new AnsweringTime(System.nanoTime());

    /**
     * How a rebuild is done.
     *
     * @param threads partitions that are written at once
     * @param recordsPerSecond at most; 0: no limit
     * @param settling how long the store may forget what it has acknowledged
     * @param file where progress is kept
     */
    record Options(int threads, double recordsPerSecond, Duration settling, Path file) {}

    Rebuild(
            ReplayLog log,
            TimelineStore store,
            WriterMetrics metrics,
            Selection selection,
            Set<String> tables,
            Options options,
            ProgressLine line) {
        this.log = log;
        this.store = store;
        this.metrics = metrics;
        this.selection = selection;
        this.tables = Set.copyOf(tables);
        this.options = options;
        this.line = line;
        this.pace = new Pace(options.recordsPerSecond());
    }

    /**
     * Returns when everything is written and the file says so.
     *
     * @param progress from where it goes on
     */
    void run(Progress progress) throws IOException, InterruptedException {
        store.onNodeReturned(() -> storeReturned.set(true));
        var from = progress;
        while (true) {
            var ends = ends();
            if (round(from, ends)) {
                var offsets = new HashMap<String, Long>();
                ends.forEach((partition, end) -> offsets.put(partition.toString(), end));
                from.at(offsets, true).write(options.file());
                return;
            }
            // a node of the store was away: what it acknowledged last may be lost
            from = from.at(settled(), false);
        }
    }

    private Map<TopicPartition, Long> ends() {
        var topics = new ArrayList<String>();
        TableShape.all().values().stream()
                .filter(table -> tables.contains(table.name()))
                .map(Sources::topic)
                .forEach(topics::add);
        return log.ends(log.partitions(selection).stream()
                .filter(partition -> topics.contains(partition.topic()))
                .toList());
    }

    private Map<String, Long> settled() {
        return trails.settled(storeTime.proved() - options.settling().toNanos());
    }

    /** Returns false if it must be done again from what is settled. */
    private boolean round(Progress from, Map<TopicPartition, Long> ends) throws IOException, InterruptedException {
        long left = 0;
        for (var each : ends.entrySet()) {
            long begin = from.offsets().getOrDefault(each.getKey().toString(), 0L);
            trails.begin(each.getKey(), begin);
            left += each.getValue() - begin;
        }
        line.begin(left);
        var threads = Executors.newFixedThreadPool(options.threads());
        try {
            var running = new ArrayList<Future<?>>();
            largestFirst(ends)
                    .forEach(partition -> running.add(threads.submit(() -> {
                        write(
                                partition,
                                from.offsets().getOrDefault(partition.toString(), 0L),
                                ends.getOrDefault(partition, 0L));
                        return null;
                    })));
            for (var each : running) {
                while (!isDone(each)) {
                    store.ping(this::heard);
                    from.at(settled(), false).write(options.file());
                    line.print();
                    if (storeReturned.getAndSet(false)) {
                        return false;
                    }
                }
            }
            return !storeReturned.getAndSet(false);
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(30, TimeUnit.SECONDS);
            line.print();
        }
    }

    private void heard(boolean good) {
        if (good) {
            storeTime.answered(System.nanoTime());
        }
    }

    private static boolean isDone(Future<?> work) throws InterruptedException {
        try {
            work.get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new ReplayException("the rebuild cannot go on: " + e.getCause(), e.getCause());
        }
    }

    private static List<TopicPartition> largestFirst(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .sorted(Map.Entry.<TopicPartition, Long>comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void write(TopicPartition partition, long from, long end) throws InterruptedException {
        var open = new AtomicBoolean(from == 0);
        var writer = BatchWriters.behind(
                new LogHeads(),
                partition.topic(),
                store.logWrites(tables, open::get),
                log.serdes(),
                metrics,
                log.epoch());
        boolean hasHeads = !partition.topic().equals(Sources.RECEIPTS);
        try (var reader = log.reader(partition, hasHeads ? 0 : from)) {
            reader.readTo(Math.min(from, end), (records, next) -> {
                var taken = taken(records);
                if (!taken.isEmpty()) {
                    writer.write(taken);
                }
            });
            open.set(true);
            var at = new long[] {from};
            reader.readTo(end, (records, next) -> {
                var taken = taken(records);
                if (!taken.isEmpty()) {
                    pace.take(taken.size());
                    writer.write(taken);
                }
                trails.written(partition, storeTime.at(System.nanoTime()), next);
                line.advance(taken.size(), next - at[0]);
                at[0] = next;
            });
        }
    }

    private List<ConsumerRecord<String, byte[]>> taken(List<ConsumerRecord<String, byte[]>> records) {
        if (!selection.choosesKeys()) {
            return records;
        }
        return records.stream()
                .filter(record -> selection.takes(record.topic(), record.key()))
                .toList();
    }
}
