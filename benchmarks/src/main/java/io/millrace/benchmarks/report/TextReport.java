package io.millrace.benchmarks.report;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report for the terminal. */
public final class TextReport {
    private final PrintWriter out;

    private TextReport(PrintWriter out) {
        this.out = out;
    }

    public static void print(Report report, PrintWriter out) {
        new TextReport(out).print(report);
        out.flush();
    }

    private void print(Report report) {
        say("");
        say("%s: %s", report.scenario(), report.description());
        say("seed %d, begun %s", report.seed(), report.began());
        facts("machine", report.machine());
        facts("versions", report.versions());
        facts("settings", report.settings());
        for (var run : report.runs()) {
            section(run);
        }
        if (report.runs().size() > 1) {
            summary(report.summary());
        }
        report.baselines().forEach(this::section);
        if (!report.ratios().isEmpty()) {
            say("");
            say("%-70s %12s %12s %8s", "over the baseline", "measured", "baseline", "ratio");
            for (var ratio : report.ratios()) {
                say(
                        "  %-68s %12s %12s %8s",
                        ratio.name(),
                        Numbers.of(ratio.measured()),
                        Numbers.of(ratio.baseline()),
                        Numbers.of(ratio.ratio()));
            }
        }
        say("");
    }

    private void facts(String name, Map<String, String> facts) {
        var text = new StringBuilder();
        facts.forEach((key, value) ->
                text.append(text.isEmpty() ? "" : ", ").append(key).append(' ').append(value));
        say("%s: %s", name, text);
    }

    private void section(Section section) {
        say("");
        say("%s", section.name());
        if (!section.latencies().isEmpty()) {
            say("  %-34s %9s %9s %9s %9s %9s %9s", "ms", "p50", "p90", "p99", "p99.9", "most", "count");
            for (var latency : section.latencies()) {
                say(
                        "  %-34s %9s %9s %9s %9s %9s %9d",
                        latency.name(),
                        Numbers.of(latency.p50()),
                        Numbers.of(latency.p90()),
                        Numbers.of(latency.p99()),
                        Numbers.of(latency.p999()),
                        Numbers.of(latency.most()),
                        latency.count());
            }
        }
        for (var figure : section.figures()) {
            say("  %-58s %12s %s", figure.name(), Numbers.of(figure.value()), figure.unit());
        }
        if (!section.cpu().isEmpty()) {
            var text = new StringBuilder();
            for (var use : section.cpu()) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(use.process())
                        .append(' ')
                        .append(String.format(Locale.ROOT, "%.2f", use.cores()));
            }
            say("  cores: %s", text);
        }
    }

    private void summary(List<Summary> all) {
        say("");
        say("%-60s %10s %10s %10s", "over all runs", "median", "least", "most");
        for (var each : all) {
            say(
                    "  %-58s %10s %10s %10s %s",
                    each.name(),
                    Numbers.of(each.median()),
                    Numbers.of(each.least()),
                    Numbers.of(each.most()),
                    each.unit());
        }
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
