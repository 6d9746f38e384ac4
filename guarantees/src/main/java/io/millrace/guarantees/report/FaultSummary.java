package io.millrace.guarantees.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All times that one fault was injected.
 *
 * @param medianSeconds of its recoveries
 * @param never how often its effect did not end
 */
record FaultSummary(
        String name,
        String matrix,
        String description,
        int times,
        double medianSeconds,
        double worstSeconds,
        int never) {
    static List<FaultSummary> of(List<FaultTime> faults) {
        Map<String, List<FaultTime>> byName = new LinkedHashMap<>();
        faults.forEach(each ->
                byName.computeIfAbsent(each.name(), n -> new ArrayList<>()).add(each));
        return byName.values().stream().map(FaultSummary::summary).toList();
    }

    private static FaultSummary summary(List<FaultTime> same) {
        var seconds = same.stream()
                .filter(each -> each.recoveredNs() >= 0)
                .map(FaultTime::recoverySeconds)
                .sorted()
                .toList();
        var first = same.get(0);
        return new FaultSummary(
                first.name(),
                first.matrix(),
                first.description(),
                same.size(),
                seconds.isEmpty() ? -1 : median(seconds),
                seconds.isEmpty() ? -1 : seconds.get(seconds.size() - 1),
                same.size() - seconds.size());
    }

    /** Of an even number of values, what lies half-way between the two in the middle. */
    private static double median(List<Double> sorted) {
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
