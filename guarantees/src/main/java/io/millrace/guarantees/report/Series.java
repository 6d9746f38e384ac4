package io.millrace.guarantees.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Several runs as one table: what each fault did in all of them. */
public final class Series {
    private Series() {}

    /** Markdown, a line each: the fault table, then a line for each run. */
    public static List<String> table(List<Verdict> runs) {
        var lines = new ArrayList<String>();
        lines.add("| fault | matrix | times injected | violations in its runs | recovery, median | worst |");
        lines.add("|---|---|--:|--:|--:|--:|");
        var all = runs.stream().flatMap(run -> run.faults().stream()).toList();
        for (var fault : FaultSummary.of(all)) {
            lines.add(String.format(
                    Locale.ROOT,
                    "| `%s` | %s | %d | %d | %s | %s |",
                    fault.name(),
                    fault.matrix(),
                    fault.times(),
                    violationsBeside(fault.name(), runs),
                    seconds(fault.medianSeconds()),
                    fault.never() == 0 ? seconds(fault.worstSeconds()) : "never, " + fault.never() + " times"));
        }
        lines.add("");
        lines.add("| seed | minutes | faults | operations ok / failed / unknown | events | violations | not in time |");
        lines.add("|--:|--:|--:|--:|--:|--:|--:|");
        for (Verdict run : runs) {
            lines.add(String.format(
                    Locale.ROOT,
                    "| %d | %.1f | %d | %d / %d / %d | %d | %d | %d |",
                    run.seed(),
                    run.minutes(),
                    run.faults().size(),
                    count(run, "operations OK"),
                    count(run, "operations FAILED"),
                    count(run, "operations UNKNOWN"),
                    count(run, "events in the log"),
                    run.violations().size(),
                    run.delays().size()));
        }
        return lines;
    }

    private static int violationsBeside(String fault, List<Verdict> runs) {
        return runs.stream()
                .filter(run ->
                        run.faults().stream().anyMatch(each -> each.name().equals(fault)))
                .mapToInt(run -> run.violations().size())
                .sum();
    }

    private static long count(Verdict run, String name) {
        return run.counts().getOrDefault(name, 0L);
    }

    private static String seconds(double seconds) {
        return seconds < 0 ? "never" : String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
