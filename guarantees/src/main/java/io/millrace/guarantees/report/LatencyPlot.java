package io.millrace.guarantees.report;

import io.millrace.guarantees.check.Liveness.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Latency over time as SVG, second by second on a logarithmic scale, the faults drawn in. */
final class LatencyPlot {
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 360;
    private static final int LEFT = 60;
    private static final int BOTTOM = 40;
    private static final int TOP = 70;
    private static final double LEAST_MS = 1;
    private static final double MOST_MS = 100_000;

    private final Verdict verdict;
    private final double seconds;
    private final StringBuilder svg = new StringBuilder();

    private LatencyPlot(Verdict verdict) {
        this.verdict = verdict;
        long last = Math.max(verdict.healedNs(), verdict.restedNs());
        this.seconds = Math.max(10, last / 1e9);
    }

    static String of(Verdict verdict) {
        return new LatencyPlot(verdict).draw();
    }

    private String draw() {
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Delivery latency over time\">%n",
                WIDTH,
                HEIGHT));
        grid();
        int row = 0;
        for (FaultTime fault : verdict.faults()) {
            fault(fault, row++ % 4);
        }
        Map<Long, List<Long>> bySecond = new TreeMap<>();
        for (Delivery delivery : verdict.deliveries()) {
            bySecond.computeIfAbsent(delivery.sentNs() / 1_000_000_000L, s -> new ArrayList<>())
                    .add(delivery.tookNs());
        }
        Map<Long, Percentiles> percentiles = new TreeMap<>();
        bySecond.forEach((second, took) -> percentiles.put(second, Percentiles.ofNanos(took)));
        line(percentiles, "worst", Percentiles::worst);
        line(percentiles, "p99", Percentiles::p99);
        line(percentiles, "p50", Percentiles::p50);
        return svg.append("</svg>\n").toString();
    }

    private void grid() {
        for (double ms = LEAST_MS; ms <= MOST_MS; ms *= 10) {
            var label = ms < 1000 ? Math.round(ms) + " ms" : Math.round(ms / 1000) + " s";
            add("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH, y(ms), y(ms));
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6, y(ms) + 4, label);
        }
        double step = seconds > 300 ? 60 : seconds > 90 ? 20 : 10;
        for (double at = 0; at <= seconds; at += step) {
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f s</text>", x(at), HEIGHT - 16, at);
        }
    }

    private void fault(FaultTime fault, int row) {
        double from = x(fault.injectedNs() / 1e9);
        double healed = x(fault.healedNs() / 1e9);
        double to = fault.recoveredNs() < 0 ? x(seconds) : x(fault.recoveredNs() / 1e9);
        int height = HEIGHT - BOTTOM - TOP;
        var rect = "<rect class=\"%s\" x=\"%.1f\" width=\"%.1f\" y=\"%d\" height=\"%d\"/>";
        add(rect, "fault", from, Math.max(1, healed - from), TOP, height);
        add(rect, "recovery", healed, Math.max(1, to - healed), TOP, height);
        add("<text x=\"%.1f\" y=\"%d\">%s</text>", from, 14 + 15 * row, Html.text(fault.name()));
    }

    private void line(Map<Long, Percentiles> bySecond, String style, ToDoubleFunction<Percentiles> which) {
        var points = new StringBuilder();
        bySecond.forEach((second, all) ->
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(second + 0.5), y(which.applyAsDouble(all)))));
        add("<polyline class=\"%s\" points=\"%s\"/>", style, points);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private double x(double second) {
        return LEFT + (WIDTH - LEFT) * Math.min(1, second / seconds);
    }

    private double y(double ms) {
        double part = Math.log10(Math.max(LEAST_MS, Math.min(MOST_MS, ms)) / LEAST_MS) / Math.log10(MOST_MS / LEAST_MS);
        return HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP);
    }
}
