package io.millrace.timeline.replay;

import io.millrace.timeline.replay.ShadowDifference.Kind;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Prints what the comparison with a shadow has shown. */
final class ShadowReport {
    private final PrintWriter out;
    private final int show;

    /** @param show how many differences of each kind are printed at most */
    ShadowReport(PrintWriter out, int show) {
        this.out = out;
        this.show = show;
    }

    void print(ShadowComparison.Result result) {
        out.printf(Locale.ROOT, "%-42s %12s %12s%n", "", "live", "shadow");
        out.printf(Locale.ROOT, "%-42s %,12d %,12d%n", "decisions", result.liveDecisions(), result.shadowDecisions());
        out.printf(
                Locale.ROOT, "%-42s %,12d %,12d%n", "timeline entries", result.liveEntries(), result.shadowEntries());
        var counts = new EnumMap<Kind, Integer>(Kind.class);
        for (var difference : result.differences()) {
            if (counts.merge(difference.kind(), 1, Integer::sum) <= show) {
                difference.lines().forEach(out::println);
            }
        }
        counts.forEach((kind, count) -> out.printf(Locale.ROOT, "%,9d %s%n", count, kind.text()));
        if (result.following() > 0) {
            out.printf(Locale.ROOT, "%,9d timeline entries of events that one side alone has%n", result.following());
        }
        out.println(verdict(result, counts));
        out.flush();
    }

    private static String verdict(ShadowComparison.Result result, Map<Kind, Integer> counts) {
        if (counts.isEmpty()) {
            return String.format(
                    Locale.ROOT,
                    "equal: %,d decisions, %,d timeline entries",
                    result.liveDecisions(),
                    result.liveEntries());
        }
        return String.format(
                Locale.ROOT,
                "DIFFERENT: %,d differences in %,d decisions and %,d timeline entries",
                result.differences().size(),
                result.liveDecisions(),
                result.liveEntries());
    }
}
