package io.millrace.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Lines over a common axis as SVG, which needs nothing but itself. */
final class Plot {
    private static final int WIDTH = 1080;
    private static final int HEIGHT = 300;
    private static final int LEFT = 64;
    private static final int RIGHT = 190;
    private static final int TOP = 12;
    private static final int BOTTOM = 30;
    private static final List<String> COLOURS =
            List.of("#00798c", "#5e4fa2", "#d1495b", "#2e7d32", "#b8860b", "#6b4226", "#3b5bdb", "#868e96");

    private final String label;
    private final boolean logarithmic;
    private final double least;
    private final double most;
    private final double from;
    private final double to;
    private final Map<Double, String> marksX = new TreeMap<>();
    private final Map<Double, String> marksY = new TreeMap<>();
    private final List<Line> lines = new ArrayList<>();

    /** Points in their order; a faint line belongs to the one before it and has its colour. */
    private record Line(String name, boolean faint, List<double[]> points) {}

    private Plot(String label, boolean logarithmic, double least, double most, double from, double to) {
        this.label = label;
        this.logarithmic = logarithmic;
        this.least = least;
        this.most = most;
        this.from = from;
        this.to = to <= from ? from + 1 : to;
    }

    /** Milliseconds upwards, each power of ten as high as the next. */
    static Plot ofTimes(String label, double mostMs, double from, double to) {
        double most = Math.pow(10, Math.ceil(Math.log10(Math.max(10, mostMs))));
        var plot = new Plot(label, true, 0.1, most, from, to);
        for (double ms = 0.1; ms <= most * 1.01; ms *= 10) {
            plot.marksY.put(ms, ms < 1000 ? Numbers.of(ms) + " ms" : Numbers.of(ms / 1000) + " s");
        }
        return plot;
    }

    /** From zero upwards. */
    static Plot ofAmounts(String label, double most, String unit, double from, double to) {
        double step = step(most / 4);
        double top = Math.max(step, Math.ceil(most / step) * step);
        var plot = new Plot(label, false, 0, top, from, to);
        for (double at = 0; at <= top * 1.001; at += step) {
            plot.marksY.put(at, Numbers.of(at) + " " + unit);
        }
        return plot;
    }

    private static double step(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(1e-3, rough))));
        double part = rough / power;
        return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
    }

    Plot seconds() {
        double step = Math.max(1, step((to - from) / 8));
        for (double at = from; at <= to + 0.001; at += step) {
            marksX.put(at, Numbers.of(at) + " s");
        }
        return this;
    }

    Plot mark(double x, String text) {
        marksX.put(x, text);
        return this;
    }

    Plot line(String name, List<double[]> points) {
        lines.add(new Line(name, false, points));
        return this;
    }

    Plot faint(List<double[]> points) {
        lines.add(new Line("", true, points));
        return this;
    }

    String svg() {
        var svg = new StringBuilder();
        add(svg, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, Html.text(label));
        for (var mark : marksY.entrySet()) {
            double y = y(mark.getKey());
            add(svg, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, y, y);
            add(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6, y + 4, mark.getValue());
        }
        for (var mark : marksX.entrySet()) {
            add(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x(mark.getKey()),
                    HEIGHT - 10,
                    mark.getValue());
        }
        int colour = -1;
        for (var line : lines) {
            colour += line.faint() ? 0 : 1;
            var stroke = COLOURS.get(Math.max(0, colour) % COLOURS.size());
            var points = new StringBuilder();
            for (var point : line.points()) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point[0]), y(point[1])));
            }
            add(
                    svg,
                    "<polyline points=\"%s\" stroke=\"%s\"%s/>",
                    points,
                    stroke,
                    line.faint() ? " stroke-dasharray=\"3 3\"" : "");
            if (!line.faint()) {
                add(
                        svg,
                        "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>",
                        WIDTH - RIGHT + 10,
                        TOP + 14 + 16 * colour,
                        stroke,
                        Html.text(line.name()));
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private double x(double at) {
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.max(0, Math.min(1, (at - from) / (to - from)));
    }

    private double y(double at) {
        double inside = Math.max(least, Math.min(most, at));
        double part =
                logarithmic ? Math.log(inside / least) / Math.log(most / least) : (inside - least) / (most - least);
        return HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP);
    }
}
