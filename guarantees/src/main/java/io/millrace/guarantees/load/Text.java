package io.millrace.guarantees.load;

import java.util.Locale;

/** Numbers as they are shown. */
final class Text {
    private Text() {}

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    static String ms(double ms) {
        return String.format(Locale.ROOT, "%.0f ms", ms);
    }

    static String mib(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }

    static String ratio(double over, double under) {
        return under <= 0 ? "–" : String.format(Locale.ROOT, "%.1f", over / under);
    }
}
