package io.millrace.benchmarks.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one command measured.
 *
 * @param began when, as ISO 8601
 * @param machine what it ran on
 * @param versions of what was measured
 * @param settings with which it was asked to
 */
public record Report(
        String scenario,
        String description,
        String began,
        long seed,
        Map<String, String> machine,
        Map<String, String> versions,
        Map<String, String> settings,
        List<Section> runs,
        List<Section> baselines,
        List<Summary> summary,
        List<Ratio> ratios) {
    public Report {
        machine = Collections.unmodifiableMap(new LinkedHashMap<>(machine));
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        runs = List.copyOf(runs);
        baselines = List.copyOf(baselines);
        summary = List.copyOf(summary);
        ratios = List.copyOf(ratios);
    }
}
