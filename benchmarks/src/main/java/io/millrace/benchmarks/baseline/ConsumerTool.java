package io.millrace.benchmarks.baseline;

import io.millrace.benchmarks.stage.Checkout;
import io.millrace.benchmarks.stage.Program;
import io.millrace.benchmarks.stage.TestBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Kafka's own consumer performance tool on a topic of the stack, with the heap and the collector that Kafka's script gives it. */
public final class ConsumerTool {
    private static final List<String> OPTIONS = List.of(
            "-Xmx512m",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            "-XX:+ExplicitGCInvokesConcurrent",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    /** Of its line: start, end, MB, MB/s, records, records/s, rebalance ms, fetch ms, MB/s and records/s of the fetching. */
    private static final int COLUMNS = 10;

    private static final int RECORDS = 4;
    private static final int FETCHED_A_SECOND = 9;
    private static final String COMMITTED = "read_committed";
    private static final Duration POLL = Duration.ofMillis(500);

    private ConsumerTool() {}

    /** Records a second, once its group has its partitions; of committed records, as Millrace reads them. */
    public static double recordsPerSecond(TestBed bed, String topic, long records)
            throws IOException, InterruptedException {
        var arguments = List.of(
                "--bootstrap-server",
                bed.bootstrapServers(),
                "--topic",
                topic,
                "--num-records",
                Long.toString(records),
                "--hide-header",
                "--command-property",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG + "=" + COMMITTED);
        var output = bed.options().data().resolve("baselines").resolve("consumer-tool.out");
        try (var tool = Program.start(
                "Kafka's consumer performance tool",
                OPTIONS,
                classPath(),
                "org.apache.kafka.tools.ConsumerPerformance",
                arguments,
                output)) {
            var text = tool.await();
            var columns = text.lines()
                    .map(line -> line.split(", ", -1))
                    .filter(line -> line.length == COLUMNS)
                    .findFirst()
                    .orElseThrow(() -> new IOException("Kafka's tool tells nothing: " + text));
            if (Long.parseLong(columns[RECORDS]) < records) {
                throw new IOException("Kafka's tool did not read all " + records + " records: " + text);
            }
            return Double.parseDouble(columns[FETCHED_A_SECOND]);
        }
    }

    /** How many committed records a topic has; its offsets count what commits take, too. */
    public static long recordsIn(TestBed bed, String topic) {
        var settings = Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bed.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                COMMITTED,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5000,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            long count = 0;
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                count += consumer.poll(POLL).count();
            }
            return count;
        }
    }

    /** The tool is a jar beside those of the broker, which has all that it needs. */
    private static List<Path> classPath() throws IOException {
        var checkout = Checkout.directory();
        var all = new ArrayList<Path>();
        all.add(checkout.resolve("benchmarks/target/tools/kafka-tools.jar"));
        try (var broker = Files.list(checkout.resolve("local-stack/servers/kafka/target/lib"))) {
            all.addAll(broker.sorted().toList());
        }
        return all;
    }
}
