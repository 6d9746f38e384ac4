package io.millrace.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** One number over all runs. */
public record Summary(String name, String unit, double median, double least, double most, int runs) {
    /** Of every number of the runs, in the order of the first. */
    public static List<Summary> of(List<Section> runs) {
        var values = new LinkedHashMap<String, List<Double>>();
        var units = new LinkedHashMap<String, String>();
        for (var run : runs) {
            for (var figure : run.flat()) {
                values.computeIfAbsent(figure.name(), name -> new ArrayList<>()).add(figure.value());
                units.putIfAbsent(figure.name(), figure.unit());
            }
        }
        var all = new ArrayList<Summary>();
        values.forEach((name, each) -> {
            var sorted = each.stream().sorted().toList();
            int half = sorted.size() / 2;
            double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
            all.add(new Summary(
                    name,
                    units.getOrDefault(name, ""),
                    median,
                    sorted.get(0),
                    sorted.get(sorted.size() - 1),
                    sorted.size()));
        });
        return all;
    }

    /** The median of that number, or NaN if no run has it. */
    public static double median(List<Summary> all, String name) {
        return all.stream()
                .filter(each -> each.name().equals(name))
                .mapToDouble(Summary::median)
                .findFirst()
                .orElse(Double.NaN);
    }
}
