package io.millrace.timeline.replay;

import io.millrace.timeline.cassandra.PartitionName;
import io.millrace.timeline.cassandra.TableShape;
import io.millrace.timeline.cassandra.TimelineStore;
import io.millrace.timeline.consume.Patience;
import io.millrace.timeline.consume.WriterMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares the whole store with the whole log, as far as they are selected: the log becomes tables in memory, partition
 * by partition, by the code that writes the store. The names of what is stored are taken first, so whatever is stored and
 * does not follow from the log read after that was not written from it.
 */
final class Verification {
    private final ReplayLog log;
    private final TimelineStore store;
    private final WriterMetrics metrics;
    private final Selection selection;
    private final Options options;
    private final Memory memory;
    private final Comparison comparison = new Comparison(Clock.systemUTC());

    /**
     * How it is done.
     *
     * @param threads partitions that are in memory at once
     * @param slices parts that each partition is taken in, one after the other, so that less is in memory
     * @param settle how long a difference is given to vanish
     * @param show how many rows that differ are kept to be shown
     */
    record Options(int threads, int slices, Duration settle, int show) {}

    /** Takes what differs in a partition of the log while that is in memory. */
    interface Finding {
        /** Returns what differs in the end. */
        List<Difference> take(PartitionCheck check, List<Difference> differences) throws InterruptedException;
    }

    Verification(
            ReplayLog log,
            TimelineStore store,
            WriterMetrics metrics,
            Selection selection,
            Options options,
            Memory memory) {
        this.log = log;
        this.store = store;
        this.metrics = metrics;
        this.selection = selection;
        this.options = options;
        this.memory = memory;
    }

    /**
     * Returns what differs.
     *
     * @param counts to be added to
     */
    Differences run(Counts counts, ProgressLine line, Finding finding) throws InterruptedException {
        var partitions = log.partitions(selection);
        var stored = memory.isIncrement() ? Map.<TopicPartition, Set<PartitionName>>of() : stored();
        line.begin(options.slices() * offsets(partitions));
        var threads = Executors.newFixedThreadPool(options.threads());
        try {
            var found = new Differences(options.show());
            var running = new ArrayList<Future<?>>();
            for (var partition : partitions) {
                for (int slice = 0; slice < options.slices(); slice++) {
                    running.add(submit(threads, partition, slice, stored, counts, line, finding, found));
                }
            }
            for (var each : running) {
                await(each, line);
            }
            return found;
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(30, TimeUnit.SECONDS);
        }
    }

    private long offsets(List<TopicPartition> partitions) {
        long offsets = 0;
        for (var each : log.ends(partitions).entrySet()) {
            offsets += each.getValue() - memory.before(each.getKey()).offset();
        }
        return offsets;
    }

    private Future<?> submit(
            ExecutorService threads,
            TopicPartition partition,
            int slice,
            Map<TopicPartition, Set<PartitionName>> stored,
            Counts counts,
            ProgressLine line,
            Finding finding,
            Differences found) {
        return threads.submit(() -> {
            var names = new HashSet<PartitionName>();
            for (var name : stored.getOrDefault(partition, Set.of())) {
                if (isIn(slice, Sources.owner(name))) {
                    names.add(name);
                }
            }
            try (var check = new PartitionCheck(
                    log,
                    store,
                    metrics,
                    partition,
                    record -> isTaken(record, slice),
                    names,
                    comparison,
                    memory,
                    options.settle().toMillis())) {
                check.readOn(line);
                if (memory.keeps()) {
                    memory.keep(partition, check.reached());
                }
                var differences = check.differences(line);
                if (!differences.isEmpty()) {
                    found.add(finding.take(check, differences));
                }
                check.count(counts);
                return null;
            }
        });
    }

    private static void await(Future<?> work, ProgressLine line) throws InterruptedException {
        while (true) {
            try {
                work.get(1, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                line.print();
            } catch (ExecutionException e) {
                throw new ReplayException("the comparison cannot go on: " + e.getCause(), e.getCause());
            }
        }
    }

    private boolean isTaken(ConsumerRecord<String, byte[]> record, int slice) {
        var key = record.key();
        return selection.takes(record.topic(), key)
                && (key == null ? slice == 0 : isIn(slice, Sources.owner(record.topic(), key)));
    }

    private boolean isIn(int slice, String owner) {
        return Math.floorMod(owner.hashCode(), options.slices()) == slice;
    }

    /** Names of what is stored now, by the partition of the log that should have written it. */
    private Map<TopicPartition, Set<PartitionName>> stored() throws InterruptedException {
        var counts = log.counts();
        var stored = new HashMap<TopicPartition, Set<PartitionName>>();
        for (var table : TableShape.all().values()) {
            var topic = Sources.topic(table);
            if (!selection.touches(topic)) {
                continue;
            }
            int count = counts.getOrDefault(topic, 1);
            for (var name : Patience.until(() -> names(table))) {
                var owner = Sources.owner(name);
                if (selection.takesOwner(topic, owner)) {
                    stored.computeIfAbsent(
                                    new TopicPartition(topic, Sources.partition(owner, count)), p -> new HashSet<>())
                            .add(name);
                }
            }
        }
        return stored;
    }

    private List<PartitionName> names(TableShape table) {
        var names = new ArrayList<PartitionName>();
        store.tableReads().names(table, names::add);
        return names;
    }
}
