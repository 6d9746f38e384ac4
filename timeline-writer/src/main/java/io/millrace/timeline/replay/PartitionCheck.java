package io.millrace.timeline.replay;

import io.millrace.timeline.cassandra.FoldedTables;
import io.millrace.timeline.cassandra.PartitionName;
import io.millrace.timeline.cassandra.TimelineStore;
import io.millrace.timeline.consume.BatchWriter;
import io.millrace.timeline.consume.BatchWriters;
import io.millrace.timeline.consume.LogHeads;
import io.millrace.timeline.consume.Patience;
import io.millrace.timeline.consume.WriterMetrics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition of the log in memory, as tables, beside what is stored of it. What differs counts only when it is still
 * so a moment later, on both sides, after the log was read on: until then it may be on its way. Used by one thread.
 */
final class PartitionCheck implements AutoCloseable {
    /** Partitions of Cassandra in memory at once; one has ten thousand rows at most of those that grow most. */
    private static final int READS = 8;

    private static final int ROUNDS = 5;

    private final TimelineStore store;
    private final Comparison comparison;
    private final Predicate<ConsumerRecord<String, byte[]>> taken;
    private final LogReader reader;
    private final FoldedTables tables;
    private final BatchWriter writer;
    private final LogHeads heads;
    private final boolean whole;
    private final Set<PartitionName> stored;
    private final long settleMs;
    private long records;
    private int moving;

    /**
     * @param taken which records are
     * @param stored names of partitions that were stored before the end of the log was looked for
     * @param memory from where the partition is taken
     * @param settleMs how long a difference is given to vanish
     */
    PartitionCheck(
            ReplayLog log,
            TimelineStore store,
            WriterMetrics metrics,
            TopicPartition partition,
            Predicate<ConsumerRecord<String, byte[]>> taken,
            Set<PartitionName> stored,
            Comparison comparison,
            Memory memory,
            long settleMs) {
        this.store = store;
        this.comparison = comparison;
        this.taken = taken;
        this.stored = stored;
        this.settleMs = settleMs;
        this.tables = store.folded();
        this.whole = !memory.isIncrement();
        var before = memory.before(partition);
        this.heads = before.heads();
        this.writer = BatchWriters.behind(
                heads, partition.topic(), store.logWrites(tables), log.serdes(), metrics, log.epoch());
        this.reader = log.reader(partition, before.offset());
    }

    /** Takes the log as far as it reaches now. */
    void readOn(ProgressLine line) throws InterruptedException {
        var at = new long[] {-1};
        reader.readTo(reader.end(), (batch, next) -> {
            var records = batch.stream().filter(taken).toList();
            if (!records.isEmpty()) {
                writer.write(records);
                this.records += records.size();
            }
            line.advance(records.size(), at[0] < 0 ? batch.size() : next - at[0]);
            at[0] = next;
        });
    }

    /** How far the log was taken, to be kept if that is equal: asked before anything more is read. */
    VerifiedPartition reached() {
        return new VerifiedPartition(reader.position(), heads.conversations(), heads.timelines());
    }

    /** What differs for good, in all partitions of the tables. */
    List<Difference> differences(ProgressLine line) throws InterruptedException {
        return lasting(compare(all()), line);
    }

    /** What still differs for good in those rows. */
    List<Difference> again(List<Difference> before, ProgressLine line) throws InterruptedException {
        readOn(line);
        return lasting(inRows(before), line);
    }

    private List<Difference> lasting(List<Difference> first, ProgressLine line) throws InterruptedException {
        var seen = first;
        var still = List.<Difference>of();
        for (int round = 0; !seen.isEmpty() && round < ROUNDS; round++) {
            TimeUnit.MILLISECONDS.sleep(settleMs);
            readOn(line);
            var before = byRow(seen);
            seen = inRows(seen);
            still = seen.stream()
                    .filter(found -> found.isStill(Objects.requireNonNull(before.get(found.rowName()))))
                    .toList();
            if (still.size() == seen.size()) {
                return still;
            }
        }
        moving += seen.size() - still.size();
        return still;
    }

    private static Map<Difference.RowName, Difference> byRow(List<Difference> differences) {
        var byRow = new HashMap<Difference.RowName, Difference>();
        differences.forEach(each -> byRow.put(each.rowName(), each));
        return byRow;
    }

    /** What differs now in the rows of these. */
    private List<Difference> inRows(List<Difference> before) throws InterruptedException {
        var rows = byRow(before);
        return compare(partitions(before)).stream()
                .filter(found -> rows.containsKey(found.rowName()))
                .toList();
    }

    private static Set<PartitionName> partitions(List<Difference> differences) {
        var names = new HashSet<PartitionName>();
        differences.forEach(each -> names.add(each.partition()));
        return names;
    }

    private Set<PartitionName> all() {
        var all = new HashSet<>(tables.partitions());
        all.addAll(stored);
        return all;
    }

    private List<Difference> compare(Collection<PartitionName> partitions) throws InterruptedException {
        var found = new ArrayList<Difference>();
        var left = new ArrayList<>(partitions);
        for (int from = 0; from < left.size(); from += READS) {
            var some = left.subList(from, Math.min(left.size(), from + READS));
            var rows = Patience.until(() -> store.tableReads().rows(some));
            rows.forEach(
                    (partition, there) -> found.addAll(comparison.of(partition, tables.rows(partition), there, whole)));
        }
        return found;
    }

    /** Adds what was compared. */
    void count(Counts counts) {
        counts.records(records);
        counts.moving(moving);
        all().forEach(partition -> counts.partition(
                partition.table().name(), tables.rows(partition).size()));
    }

    @Override
    public void close() {
        reader.close();
    }
}
