package io.millrace.timeline.replay;

import io.millrace.timeline.cassandra.TableShape;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints what a comparison has shown. */
final class Report {
    private final PrintWriter out;
    private final int show;

    /** @param show how many differing rows are printed at most */
    Report(PrintWriter out, int show) {
        this.out = out;
        this.show = show;
    }

    void print(Counts counts, List<Difference> differences) {
        out.printf(Locale.ROOT, "%-26s %12s %12s %9s%n", "table", "partitions", "rows", "differ");
        for (var table : TableShape.all().keySet()) {
            long differ = differences.stream()
                    .filter(each -> each.partition().table().name().equals(table))
                    .count();
            out.printf(
                    Locale.ROOT,
                    "%-26s %,12d %,12d %,9d%n",
                    table,
                    counts.partitions(table),
                    counts.rows(table),
                    differ);
        }
        differences.stream().limit(show).flatMap(each -> each.lines().stream()).forEach(out::println);
        if (differences.size() > show) {
            out.printf(Locale.ROOT, "… and %,d rows more%n", differences.size() - show);
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
    void verdict(Counts counts, List<Difference> differences, long brokenLinks, long unreadable) {
        if (unreadable > 0) {
            out.printf(
                    Locale.ROOT,
                    "%,d numbers of the log cannot be read; their rows are of kind unreadable%n",
                    unreadable);
        }
        if (brokenLinks > 0) {
            out.printf(Locale.ROOT, "THE LOG IS BROKEN: %,d chained hashes do not fit%n", brokenLinks);
        }
        if (differences.isEmpty()) {
            out.printf(Locale.ROOT, "equal: %,d rows from %,d records%n", counts.rows(), counts.records());
        } else {
            out.printf(
                    Locale.ROOT,
                    "DIFFERENT: %,d rows, of %,d; mend them: ./millrace replay repair%n",
                    differences.size(),
                    counts.rows());
        }
        out.flush();
    }
}
