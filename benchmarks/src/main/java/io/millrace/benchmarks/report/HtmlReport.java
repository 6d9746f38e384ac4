package io.millrace.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as one page that needs nothing but itself. */
public final class HtmlReport {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Millrace: %s</title>
            <style>
            body{font:15px/1.5 system-ui,sans-serif;max-width:1120px;margin:2rem auto;padding:0 1rem;color:#1c2733;background:#fff}
            h1{font-size:1.5rem} h2{font-size:1.15rem;margin-top:2.2rem} h3{font-size:1rem;margin:1.4rem 0 .3rem}
            table{border-collapse:collapse;width:100%%} td,th{text-align:left;padding:.2rem .6rem;border-bottom:1px solid #dde3ea;vertical-align:top}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            svg{width:100%%;font:11px system-ui,sans-serif;fill:#44515f} polyline{fill:none;stroke-width:1.5}
            .grid{stroke:#e4e9ef} .key{font-size:.85rem;color:#44515f} details{margin:.6rem 0}
            </style></head><body>
            """;
    private static final double DIGITS_OF_NINES = 3;

    private final Report report;
    private final StringBuilder page = new StringBuilder();

    private HtmlReport(Report report) {
        this.report = report;
    }

    public static void write(Report report, Path file) throws IOException {
        Files.writeString(file, new HtmlReport(report).render());
    }

    private String render() {
        add(HEAD, Html.text(report.scenario()));
        add(
                "<h1>%s</h1><p>%s.<br>Begun %s, seed %d.</p>",
                Html.text(report.scenario()),
                Html.text(report.description()),
                Html.text(report.began()),
                report.seed());
        summary();
        ratios();
        report.runs().forEach(this::section);
        report.baselines().forEach(this::section);
        add("<h2>What was measured on what</h2><table>");
        facts("machine", report.machine());
        facts("versions", report.versions());
        facts("settings", report.settings());
        add("</table></body></html>");
        return page.toString();
    }

    private void facts(String kind, Map<String, String> facts) {
        facts.forEach((name, value) ->
                add("<tr><td>%s</td><td>%s</td><td>%s</td></tr>", kind, Html.text(name), Html.text(value)));
    }

    private void summary() {
        if (report.summary().isEmpty()) {
            return;
        }
        add(
                "<h2>Median of %d runs</h2><details%s><summary>every number</summary><table><tr><th>what</th>"
                        + "<th class=\"n\">median</th><th class=\"n\">least</th><th class=\"n\">most</th><th></th></tr>",
                report.runs().size(), report.runs().size() > 1 ? " open" : "");
        for (var each : report.summary()) {
            add(
                    "<tr><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td>%s</td></tr>",
                    Html.text(each.name()),
                    Numbers.of(each.median()),
                    Numbers.of(each.least()),
                    Numbers.of(each.most()),
                    Html.text(each.unit()));
        }
        add("</table></details>");
    }

    private void ratios() {
        if (report.ratios().isEmpty()) {
            return;
        }
        add("<h2>Over the baselines of the same run</h2><table><tr><th>what</th><th class=\"n\">measured</th>"
                + "<th class=\"n\">baseline</th><th class=\"n\">ratio</th></tr>");
        for (var ratio : report.ratios()) {
            add(
                    "<tr><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>",
                    Html.text(ratio.name()),
                    Numbers.of(ratio.measured()),
                    Numbers.of(ratio.baseline()),
                    Numbers.of(ratio.ratio()));
        }
        add("</table>");
    }

    private void section(Section section) {
        add("<h2>%s</h2>", Html.text(section.name()));
        times(section.latencies());
        overTime(section.latencies());
        curves(section.latencies());
        cpu(section.cpu());
        series(section.series());
        add("<details open><summary>numbers</summary><table>");
        for (var figure : section.figures()) {
            add(
                    "<tr><td>%s</td><td class=\"n\">%s</td><td>%s</td></tr>",
                    Html.text(figure.name()), Numbers.of(figure.value()), Html.text(figure.unit()));
        }
        add("</table></details>");
    }

    private void times(List<Spread> latencies) {
        if (latencies.isEmpty()) {
            return;
        }
        add("<table><tr><th>ms</th><th class=\"n\">p50</th><th class=\"n\">p90</th><th class=\"n\">p99</th>"
                + "<th class=\"n\">p99.9</th><th class=\"n\">most</th><th class=\"n\">count</th></tr>");
        for (var each : latencies) {
            add(
                    "<tr><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td>"
                            + "<td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%d</td></tr>",
                    Html.text(each.name()),
                    Numbers.of(each.p50()),
                    Numbers.of(each.p90()),
                    Numbers.of(each.p99()),
                    Numbers.of(each.p999()),
                    Numbers.of(each.most()),
                    each.count());
        }
        add("</table>");
    }

    private void overTime(List<Spread> latencies) {
        var shown =
                latencies.stream().filter(each -> each.bySecond().size() > 1).toList();
        if (shown.isEmpty()) {
            return;
        }
        double most = 0;
        int last = 0;
        for (var each : shown) {
            for (var second : each.bySecond()) {
                most = Math.max(most, second.p99());
                last = Math.max(last, second.second());
            }
        }
        var plot = Plot.ofTimes("Latency over time", most, 0, last).seconds();
        for (var each : shown) {
            plot.line(
                    each.name(),
                    each.bySecond().stream()
                            .map(second -> new double[] {second.second(), second.p50()})
                            .toList());
            plot.faint(each.bySecond().stream()
                    .map(second -> new double[] {second.second(), second.p99()})
                    .toList());
        }
        add("<h3>Latency over time</h3>");
        page.append(plot.svg());
        add("<p class=\"key\">By the second in which a message was due: median (line), p99 (dashed).</p>");
    }

    private void curves(List<Spread> latencies) {
        var shown = latencies.stream().filter(each -> each.curve().size() > 1).toList();
        if (shown.isEmpty()) {
            return;
        }
        double most = shown.stream().mapToDouble(Spread::most).max().orElse(1);
        var plot = Plot.ofTimes("Percentiles", most, 0, DIGITS_OF_NINES)
                .mark(0, "0 %")
                .mark(nines(50), "50 %")
                .mark(1, "90 %")
                .mark(2, "99 %")
                .mark(3, "99.9 %");
        for (var each : shown) {
            plot.line(
                    each.name(),
                    each.curve().stream()
                            .filter(point -> nines(point.percentile()) <= DIGITS_OF_NINES)
                            .map(point -> new double[] {nines(point.percentile()), point.ms()})
                            .toList());
        }
        add("<h3>Percentiles</h3>");
        page.append(plot.svg());
    }

    private static double nines(double percentile) {
        return -Math.log10(1 - percentile / 100);
    }

    private void cpu(List<CpuUse> uses) {
        if (uses.isEmpty()) {
            return;
        }
        double most = 0;
        int last = 1;
        for (var use : uses) {
            last = Math.max(last, use.bySecond().size() - 1);
            for (double cores : use.bySecond()) {
                most = Math.max(most, cores);
            }
        }
        var plot = Plot.ofAmounts("CPU by process", most, "cores", 0, last).seconds();
        for (var use : uses) {
            var points = new ArrayList<double[]>();
            for (int second = 0; second < use.bySecond().size(); second++) {
                points.add(new double[] {second, use.bySecond().get(second)});
            }
            plot.line(String.format(Locale.ROOT, "%s %.2f", use.process(), use.cores()), points);
        }
        add("<h3>CPU by process</h3>");
        page.append(plot.svg());
        add(
                "<p class=\"key\">Cores, second by second; the number is the average. \"Stolen\" went to other guests of the host.</p>");
    }

    private void series(List<Series> all) {
        var units = all.stream().map(Series::unit).distinct().toList();
        for (var unit : units) {
            var some = all.stream().filter(each -> each.unit().equals(unit)).toList();
            double most = some.stream()
                    .flatMap(each -> each.values().stream())
                    .mapToDouble(value -> value)
                    .max()
                    .orElse(1);
            double last = some.stream()
                    .mapToDouble(each ->
                            each.everySeconds() * Math.max(1, each.values().size() - 1))
                    .max()
                    .orElse(1);
            var plot = Plot.ofAmounts(unit, most, "", 0, last).seconds();
            for (var each : some) {
                var points = new ArrayList<double[]>();
                for (int i = 0; i < each.values().size(); i++) {
                    points.add(
                            new double[] {i * each.everySeconds(), each.values().get(i)});
                }
                plot.line(each.name(), points);
            }
            add("<h3>Over time: %s</h3>", Html.text(unit));
            page.append(plot.svg());
        }
    }

    private void add(String format, Object... values) {
        page.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
