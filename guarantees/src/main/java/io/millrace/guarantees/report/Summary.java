package io.millrace.guarantees.report;

import java.io.PrintWriter;
import java.util.Locale;

/** The verdict for a person at a terminal. */
public final class Summary {
    private static final int SOME = 12;

    private Summary() {}

    public static void print(Verdict verdict, PrintWriter out) {
        out.println();
        out.printf(Locale.ROOT, "  %-22s %-8s %5s %10s %10s%n", "fault", "matrix", "times", "median", "worst");
        for (var fault : FaultSummary.of(verdict.faults())) {
            out.printf(
                    Locale.ROOT,
                    "  %-22s %-8s %5d %10s %10s%s%n",
                    fault.name(),
                    fault.matrix(),
                    fault.times(),
                    seconds(fault.medianSeconds()),
                    seconds(fault.worstSeconds()),
                    fault.never() == 0 ? "" : "   " + fault.never() + " times never");
        }
        out.println();
        verdict.notRun()
                .forEach(each ->
                        out.printf(Locale.ROOT, "  not run: %-12s %s (%s)%n", each.matrix(), each.what(), each.why()));
        out.println();
        verdict.counts().forEach((name, count) -> out.printf(Locale.ROOT, "  %-38s %8d%n", name, count));
        var took = Percentiles.ofNanos(
                verdict.deliveries().stream().map(each -> each.tookNs()).toList());
        out.printf(
                Locale.ROOT,
                "  sent to delivered: median %.0f ms, p99 %.0f ms, worst %.0f ms%n",
                took.p50(),
                took.p99(),
                took.worst());
        out.println();
        verdict.violations().stream().limit(SOME).forEach(each -> out.println("  VIOLATION " + each));
        if (verdict.violations().size() > SOME) {
            out.println("  … and " + (verdict.violations().size() - SOME) + " more in verdict.json");
        }
        verdict.delays().stream().limit(SOME).forEach(each -> out.println("  NOT IN TIME " + each));
        out.printf(
                Locale.ROOT,
                "%s: seed %d, %d faults, %d violations, %d not in time%n",
                verdict.holds() ? "everything holds" : "BROKEN",
                verdict.seed(),
                verdict.faults().size(),
                verdict.violations().size(),
                verdict.delays().size());
        out.flush();
    }

    private static String seconds(double seconds) {
        return seconds < 0 ? "never" : String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
