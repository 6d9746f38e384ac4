package io.millrace.guarantees.load;

import java.io.PrintWriter;
import java.util.Locale;

/** A result for the terminal. */
final class ResultTable {
    private ResultTable() {}

    static void print(Result result, PrintWriter out) {
        out.printf(Locale.ROOT, "%n%s%n", result.scenario());
        for (var figure : result.figures()) {
            out.printf(Locale.ROOT, "  %-58s %s%n", figure.what(), figure.value());
        }
        for (var promise : result.promises()) {
            out.printf(
                    Locale.ROOT,
                    "  %s %-76s %s%n",
                    promise.kept() ? "kept  " : "BROKEN",
                    promise.what(),
                    promise.seen());
        }
        out.flush();
    }
}
