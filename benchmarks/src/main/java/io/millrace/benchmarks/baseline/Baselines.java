package io.millrace.benchmarks.baseline;

import io.millrace.benchmarks.baseline.Baseline.Size;
import io.millrace.benchmarks.report.Ratio;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.report.Summary;
import io.millrace.benchmarks.stage.TestBed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Every baseline, after the runs and on the same servers, with the services ended; and what the runs are over them. */
public final class Baselines {
    /** Figures of the store. */
    public static final String ROWS_INSERTED = RawStore.INSERTS;

    public static final String ROWS_BATCHED = RawStore.BATCHED;
    public static final String ROWS_READ = RawStore.READ;

    private static final List<Baseline> ALL = List.of(new Echo(), new RawLog(), new TwoCopies(), new RawStore());
    private static final int SAMPLE = 2000;
    private static final int SAMPLE_POLLS = 10;
    private static final String COMMANDS = "commands";

    private final List<Section> sections;
    private final List<Ratio> ratios;

    private Baselines(List<Section> sections, List<Ratio> ratios) {
        this.sections = List.copyOf(sections);
        this.ratios = List.copyOf(ratios);
    }

    /** @param runs medians of what was measured */
    public static Baselines measure(TestBed bed, List<Summary> runs) throws IOException, InterruptedException {
        double seconds = bed.options().baselineTime().toMillis() / 1e3;
        if (seconds <= 0) {
            return new Baselines(List.of(), List.of());
        }
        int bytes = meanBytes(bed.bootstrapServers());
        bed.say("baselines: records of " + bytes + " bytes, as in " + COMMANDS);
        bed.stopServices();
        var size = new Size(Summary.median(runs, "offered"), seconds, bytes);
        var sections = new ArrayList<Section>();
        for (var baseline : ALL) {
            var section = baseline.measure(bed, size);
            bed.say("  " + section.name().replace("baseline: ", ""));
            sections.add(section);
        }
        return new Baselines(sections, ratios(runs, sections));
    }

    /** That of the store alone, for scenarios that read or write it in bulk; none if baselines take no time. */
    public static List<Section> ofStore(TestBed bed, List<Summary> runs) throws IOException, InterruptedException {
        double seconds = bed.options().baselineTime().toMillis() / 1e3;
        if (seconds <= 0) {
            return List.of();
        }
        int bytes = meanBytes(bed.bootstrapServers());
        bed.say("baseline: rows of " + bytes + " bytes");
        bed.stopServices();
        return List.of(new RawStore().measure(bed, new Size(Summary.median(runs, "offered"), seconds, bytes)));
    }

    public List<Section> sections() {
        return sections;
    }

    public List<Ratio> ratios() {
        return ratios;
    }

    private static List<Ratio> ratios(List<Summary> runs, List<Section> baselines) {
        var all = new ArrayList<Ratio>();
        for (var percentile : List.of("p50", "p99")) {
            all.add(ratio(runs, "accepted, " + percentile, baselines, RawLog.NAME, "acknowledged, " + percentile));
            all.add(ratio(
                    runs, "posted, " + percentile, baselines, TwoCopies.NAME, TwoCopies.ARRIVAL + ", " + percentile));
            all.add(ratio(
                    runs,
                    "delivered, " + percentile,
                    baselines,
                    TwoCopies.NAME,
                    TwoCopies.ARRIVAL + ", " + percentile));
            all.add(ratio(
                    runs, "delivered, " + percentile, baselines, RawLog.NAME, RawLog.ARRIVAL + ", " + percentile));
            all.add(ratio(runs, "delivered, " + percentile, baselines, Echo.NAME, Echo.BACK + ", " + percentile));
        }
        var borne = "delivered a second";
        all.add(ratio(runs, borne, baselines, TwoCopies.NAME, "most that pass"));
        all.add(ratio(runs, borne, baselines, RawLog.NAME, "most that pass"));
        all.add(ratio(runs, borne, baselines, RawStore.NAME, RawStore.INSERTS));
        all.add(ratio(runs, borne, baselines, RawStore.NAME, RawStore.BATCHED));
        all.add(ratio(runs, borne, baselines, Echo.NAME, "most that come back"));
        return all.stream().filter(Ratio::known).toList();
    }

    private static Ratio ratio(
            List<Summary> runs, String figure, List<Section> baselines, String baseline, String baselineFigure) {
        double under = baselines.stream()
                .filter(section -> section.name().equals(baseline))
                .mapToDouble(section -> section.value(baselineFigure))
                .findFirst()
                .orElse(Double.NaN);
        return Ratio.of(
                figure + " over " + baseline.replace("baseline: ", "") + ": " + baselineFigure,
                Summary.median(runs, figure),
                under);
    }

    /** Of the values of the commands that were sent. */
    private static int meanBytes(String bootstrapServers) {
        var settings = Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(COMMANDS).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long bytes = 0;
            int count = 0;
            for (int polls = 0; count < SAMPLE && polls < SAMPLE_POLLS; polls++) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    bytes += record.serializedValueSize();
                    count++;
                }
            }
            return count == 0 ? 0 : (int) (bytes / count);
        }
    }
}
