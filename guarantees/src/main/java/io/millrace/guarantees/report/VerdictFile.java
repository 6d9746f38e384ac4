package io.millrace.guarantees.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.millrace.guarantees.check.Liveness.Delay;
import io.millrace.guarantees.check.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /**
     * The verdict again, but for its single deliveries and what was not run, which are not in the file.
     *
     * @throws IOException also when the file is of something else
     */
    public static Verdict read(Path file) throws IOException {
        var all = JSON.readTree(file.toFile());
        var rest = all.path("restSecondsAfterLoad");
        return new Verdict(
                all.path("seed").asLong(),
                all.path("began").asText(),
                all.path("minutes").asDouble(),
                all.path("operationsPerSecond").asInt(),
                list(all.path("faultTimes"), FaultTime[].class),
                List.of(),
                JSON.convertValue(all.path("counts"), new TypeReference<Map<String, Long>>() {}),
                List.of(),
                0,
                rest.isNumber() ? Math.round(rest.asDouble() * 1e9) : -1,
                list(all.path("violations"), Violation[].class),
                list(all.path("delays"), Delay[].class));
    }

    private static <T> List<T> list(JsonNode array, Class<T[]> type) throws IOException {
        if (!array.isArray()) {
            throw new IOException("this is not the verdict of a run");
        }
        return List.of(JSON.treeToValue(array, type));
    }
}
