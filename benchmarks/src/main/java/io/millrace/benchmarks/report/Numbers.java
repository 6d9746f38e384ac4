package io.millrace.benchmarks.report;

import java.util.Locale;

/** Numbers as they are shown. */
final class Numbers {
    private Numbers() {}

    /** With three digits that count, and none after the point from 100 on. */
    static String of(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        double size = Math.abs(value);
        var form = size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, form, value);
    }
}
