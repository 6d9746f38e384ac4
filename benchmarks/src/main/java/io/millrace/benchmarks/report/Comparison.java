package io.millrace.benchmarks.report;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Two reports number by number: what the second is of the first. */
public final class Comparison {
    private Comparison() {}

    public static void print(Report first, Report second, PrintWriter out) {
        say(out, "A: %s, %s, commit %s", first.scenario(), first.began(), commit(first));
        say(out, "B: %s, %s, commit %s", second.scenario(), second.began(), commit(second));
        differences(first.settings(), second.settings(), "setting", out);
        differences(first.versions(), second.versions(), "version", out);
        differences(first.machine(), second.machine(), "machine", out);
        var others = new LinkedHashMap<String, Summary>();
        second.summary().forEach(each -> others.put(each.name(), each));
        say(out, "");
        say(out, "%-60s %10s %10s %8s", "medians", "A", "B", "B / A");
        for (var each : first.summary()) {
            var other = others.remove(each.name());
            line(out, each.name(), each.median(), other == null ? Double.NaN : other.median(), each.unit());
        }
        others.values().forEach(each -> line(out, each.name(), Double.NaN, each.median(), each.unit()));
        var ratios = new LinkedHashMap<String, Ratio>();
        second.ratios().forEach(each -> ratios.put(each.name(), each));
        if (!first.ratios().isEmpty() || !ratios.isEmpty()) {
            say(out, "");
            say(out, "%-60s %10s %10s %8s", "over the baselines", "A", "B", "B / A");
            for (var each : first.ratios()) {
                var other = ratios.get(each.name());
                line(out, each.name(), each.ratio(), other == null ? Double.NaN : other.ratio(), "");
            }
        }
        out.flush();
    }

    private static String commit(Report report) {
        return report.versions().getOrDefault("commit", "unknown");
    }

    private static void line(PrintWriter out, String name, double first, double second, String unit) {
        say(
                out,
                "  %-58s %10s %10s %8s %s",
                name,
                Numbers.of(first),
                Numbers.of(second),
                first == second ? "1" : Numbers.of(second / first),
                unit);
    }

    private static void differences(
            Map<String, String> first, Map<String, String> second, String kind, PrintWriter out) {
        first.forEach((name, value) -> {
            var other = second.getOrDefault(name, "-");
            if (!other.equals(value)) {
                say(out, "%s %s: A %s, B %s", kind, name, value, other);
            }
        });
    }

    private static void say(PrintWriter out, String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
