package io.millrace.benchmarks;

import io.millrace.benchmarks.machine.TableWrites;
import io.millrace.benchmarks.machine.TopicEnds;
import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.stage.TestBed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What messages come to in the log and in the store, counted from one instant to another; what idle sessions and services
 * wrote meanwhile is counted too.
 */
final class Counts implements Costs {
    private static final String PER_MESSAGE = "per message";
    private static final String OWN = "__";

    private final TestBed bed;
    private final Map<String, Long> topics;
    private final Map<String, Long> tables;
    private final double rows;

    private Counts(TestBed bed) throws InterruptedException {
        this.bed = bed;
        this.topics = TopicEnds.read(bed.admin());
        this.tables = TableWrites.read(bed.session());
        this.rows = bed.rowsWritten();
    }

    /** While nothing is under way. */
    static Counts begin(TestBed bed) throws InterruptedException {
        return new Counts(bed);
    }

    @Override
    public List<Figure> perMessage(long messages) throws InterruptedException {
        var figures = new ArrayList<Figure>();
        double divisor = Math.max(1, messages);
        var grown = TopicEnds.between(topics, TopicEnds.read(bed.admin()));
        double own = 0;
        double all = 0;
        for (var topic : grown.entrySet()) {
            if (topic.getKey().startsWith(OWN)) {
                own += topic.getValue();
            } else {
                all += topic.getValue();
            }
        }
        figures.add(new Figure("Kafka records", all / divisor, PER_MESSAGE));
        figures.add(
                new Figure("Kafka records of the broker itself (offsets, transactions)", own / divisor, PER_MESSAGE));
        grown.forEach((topic, count) -> figures.add(new Figure("  in " + topic, count / divisor, PER_MESSAGE)));
        figures.add(new Figure("Cassandra rows", (bed.rowsWritten() - rows) / divisor, PER_MESSAGE));
        double writes = 0;
        var now = TableWrites.read(bed.session());
        for (var table : now.entrySet()) {
            writes += table.getValue() - tables.getOrDefault(table.getKey(), 0L);
        }
        figures.add(new Figure("Cassandra writes (a batch is one)", writes / divisor, PER_MESSAGE));
        now.forEach((table, count) -> {
            double more = (count - tables.getOrDefault(table, 0L)) / divisor;
            if (more > 0) {
                figures.add(new Figure("  to " + table, more, PER_MESSAGE));
            }
        });
        return figures;
    }
}
