package io.millrace.client.probe;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What a probe measured, as a table that Markdown shows. */
public final class ProbeReport {
    private final int messages;
    private final int failed;
    private final long ratePerSecond;
    private final Latencies latencies;

    ProbeReport(int messages, int failed, long ratePerSecond, Latencies latencies) {
        this.messages = messages;
        this.failed = failed;
        this.ratePerSecond = ratePerSecond;
        this.latencies = latencies;
    }

    /** Messages that were not posted. */
    public int failed() {
        return failed;
    }

    /** Milliseconds from the instant each message was due. */
    public String table() {
        var table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT,
                "%d messages, %d per second, one sender, one recipient; %d failed; ms from the instant each was due%n%n",
                messages,
                ratePerSecond,
                failed));
        table.append("| start to | count | median | p99 | p99.9 | max |\n");
        table.append("|---|--:|--:|--:|--:|--:|\n");
        row(table, "accepted", latencies.accepted);
        row(table, "posted", latencies.posted);
        row(table, "delivered", latencies.delivered);
        return table.toString();
    }

    private static void row(StringBuilder table, String name, Histogram histogram) {
        table.append(String.format(
                Locale.ROOT,
                "| %-9s | %5d | %7.1f | %7.1f | %7.1f | %7.1f |%n",
                name,
                histogram.getTotalCount(),
                ms(histogram.getValueAtPercentile(50)),
                ms(histogram.getValueAtPercentile(99)),
                ms(histogram.getValueAtPercentile(99.9)),
                ms(histogram.getMaxValue())));
    }

    private static double ms(long nanos) {
        return nanos / 1e6;
    }
}
