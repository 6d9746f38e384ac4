package io.millrace.parquet;

import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.ClientFile;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace parquet}: the committed part of a topic as Parquet files, one per partition. */
@Command(
        name = "parquet",
        mixinStandardHelpOptions = true,
        description = "Write a topic, or a part of it by time, as Parquet files, one per partition.")
public final class ParquetMain implements Callable<Integer> {
    @Option(names = "--topic", paramLabel = "NAME", required = true, description = "Which topic.")
    private String topic = "";

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to; files there are replaced.")
    private Path out = Path.of("");

    @Option(names = "--since", paramLabel = "TIME", description = "Only records from then on: 2026-11-27T19:00:00Z")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only records before then.")
    private @Nullable String until;

    @Option(
            names = "--partition",
            paramLabel = "N,…",
            hideParamSyntax = true,
            split = ",",
            description = "Only these partitions (all).")
    private Set<Integer> partitions = Set.of();

    @Option(
            names = "--kafka",
            paramLabel = "SERVERS",
            defaultValue = "127.0.0.1:27192",
            description = "Kafka (${DEFAULT-VALUE}).")
    private String kafka = "";

    @Option(
            names = "--registry",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:27181/apis/ccompat/v7",
            description = "Schema registry (${DEFAULT-VALUE}).")
    private String registry = "";

    @Option(
            names = "--client-properties",
            paramLabel = "FILE",
            description = "Client settings where Kafka asks who you are.")
    private @Nullable String clientProperties;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        System.exit(new CommandLine(new ParquetMain()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        var wanted = TopicCatalogue.ALL.stream()
                .filter(each -> each.name().equals(topic))
                .findFirst()
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "there is no topic " + topic));
        var from = time(since, Instant.EPOCH);
        var to = time(until, Instant.MAX);
        Files.createDirectories(out);
        Map<String, Object> settings = new HashMap<>(ClientFile.settings(kafka, clientProperties));
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        long rows = 0;
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            for (var info : consumer.partitionsFor(topic)) {
                if (partitions.isEmpty() || partitions.contains(info.partition())) {
                    var file = out.resolve(topic + "-" + info.partition() + ".parquet");
                    rows += write(
                            wanted, consumer, new TopicPartition(topic, info.partition()), new Range(from, to), file);
                }
            }
        }
        spec.commandLine().getOut().println(rows + " rows of " + topic + " in " + out);
        spec.commandLine().getOut().flush();
        return 0;
    }

    /** By record time. */
    private record Range(Instant from, Instant to) {
        boolean takes(ConsumerRecord<?, ?> record) {
            var at = Instant.ofEpochMilli(record.timestamp());
            return !at.isBefore(from) && at.isBefore(to);
        }
    }

    private <T extends SpecificRecord> long write(
            TopicSpec<T> wanted,
            KafkaConsumer<String, byte[]> consumer,
            TopicPartition partition,
            Range range,
            Path file)
            throws IOException {
        var columns = new RowSchema(SpecificData.get().getSchema(wanted.value()));
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        var access = ClientFile.settings(kafka, clientProperties);
        try (var deserializer = RecordSerdes.at(registry, access).deserializer(wanted.value());
                var rows = new RowFile(file, columns.schema())) {
            while (consumer.position(partition) < end) {
                for (var record : consumer.poll(Duration.ofMillis(500)).records(partition)) {
                    if (record.offset() < end && record.value() != null && range.takes(record)) {
                        IndexedRecord value = deserializer.deserialize(topic, record.value());
                        rows.add(columns.row(record, value));
                    }
                }
            }
            return rows.end();
        }
    }

    private Instant time(@Nullable String text, Instant otherwise) {
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ParameterException(spec.commandLine(), "a time is like 2026-11-27T19:00:00Z, not " + text);
        }
    }
}
