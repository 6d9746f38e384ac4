package io.millrace.timeline.replay;

import io.millrace.timeline.cassandra.TableShape;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints what a comparison has shown. */
final class Report {
    private final PrintWriter out;

    Report(PrintWriter out) {
        this.out = out;
    }

    void print(Counts counts, Differences differences) {
        out.printf(Locale.ROOT, "%-26s %12s %12s %9s%n", "table", "partitions", "rows", "differ");
        for (var table : TableShape.all().keySet()) {
            out.printf(
                    Locale.ROOT,
                    "%-26s %,12d %,12d %,9d%n",
                    table,
                    counts.partitions(table),
                    counts.rows(table),
                    differences.count(table));
        }
        var first = differences.first();
        first.stream().flatMap(each -> each.lines().stream()).forEach(out::println);
        if (differences.count() > first.size()) {
            out.printf(Locale.ROOT, "… and %,d rows more%n", differences.count() - first.size());
        }
        if (counts.moving() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%,d rows changed whenever they were looked at, and were not judged%n",
                    counts.moving());
        }
        out.flush();
    }

    /** @param brokenLinks records of the log whose chained hash does not fit */
    void verdict(Counts counts, Differences differences, long brokenLinks, long unreadable) {
        if (unreadable > 0) {
            out.printf(
                    Locale.ROOT,
                    "%,d numbers of the log cannot be read; their rows are of kind unreadable%n",
                    unreadable);
        }
        if (brokenLinks > 0) {
            out.printf(Locale.ROOT, "THE LOG IS BROKEN: %,d chained hashes do not fit%n", brokenLinks);
        }
        if (differences.count() == 0) {
            out.printf(Locale.ROOT, "equal: %,d rows from %,d records%n", counts.rows(), counts.records());
        } else {
            out.printf(
                    Locale.ROOT,
                    "DIFFERENT: %,d rows, of %,d; mend them: ./millrace replay repair%n",
                    differences.count(),
                    counts.rows());
        }
        out.flush();
    }
}
