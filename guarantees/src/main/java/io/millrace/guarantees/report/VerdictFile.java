package io.millrace.guarantees.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;

/** {@code verdict.json}: the verdict for programs. */
public final class VerdictFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private VerdictFile() {}

    public static void write(Verdict verdict, Path file) throws IOException {
        var all = new LinkedHashMap<String, Object>();
        all.put("holds", verdict.holds());
        all.put("safe", verdict.isSafe());
        all.put("live", verdict.isLive());
        all.put("seed", verdict.seed());
        all.put("began", verdict.began());
        all.put("minutes", verdict.minutes());
        all.put("operationsPerSecond", verdict.perSecond());
        all.put(
                "restSecondsAfterLoad",
                verdict.restedNs() < 0 ? null : (verdict.restedNs() - verdict.healedNs()) / 1e9);
        all.put("counts", verdict.counts());
        all.put(
                "deliveryMs",
                Percentiles.ofNanos(
                        verdict.deliveries().stream().map(each -> each.tookNs()).toList()));
        all.put("faults", FaultSummary.of(verdict.faults()));
        all.put("faultTimes", verdict.faults());
        all.put("notRun", verdict.notRun());
        all.put("violations", verdict.violations());
        all.put("delays", verdict.delays());
        JSON.writeValue(file.toFile(), all);
    }
}
