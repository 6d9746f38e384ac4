package io.millrace.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.StackOptions.Tier;
import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.record.Role;
import io.millrace.schemas.serde.RecordSerdes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** DuckDB reads what is written of a topic of real servers. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ParquetIT {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir
    private static Path directory;

    private static LocalStack stack;

    @BeforeAll
    static void start() throws Exception {
        stack = new LocalStack(
                StackOptions.at(directory.resolve("stack")).withTiers(Set.of(Tier.KAFKA, Tier.REGISTRY)));
        stack.start();
        var client = Map.<String, Object>of("bootstrap.servers", stack.bootstrapServers(), "acks", "all");
        var values = RecordSerdes.at(stack.registryUrl()).serializer(ConversationEvent.class);
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), values)) {
            for (int i = 1; i <= 100; i++) {
                var event = event("g:" + i % 3, i);
                producer.send(new ProducerRecord<>(
                                "conversation-events",
                                null,
                                event.getAt().toEpochMilli(),
                                event.getConversation(),
                                event))
                        .get();
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        stack.close();
    }

    @Test
    void shouldBeReadByDuckDb() throws Exception {
        // When
        int all = run("--out", directory.resolve("all").toString());
        int part = run(
                "--out",
                directory.resolve("part").toString(),
                "--since",
                NOON.plusSeconds(10).toString(),
                "--until",
                NOON.plusSeconds(20).toString());

        // Then
        assertThat(all).isZero();
        assertThat(part).isZero();
        var files = "'" + directory.resolve("all") + "/conversation-events-*.parquet'";
        assertThat(ask("SELECT count(*), count(DISTINCT conversation), min(version), max(version) FROM " + files))
                .containsExactly("100", "3", "1", "100");
        assertThat(ask("SELECT kafka_key, kafka_timestamp, \"at\", kind, decode(body), len(added), added[1].\"user\","
                        + " mentions[2], seq IS NULL, octet_length(hash) FROM " + files + " WHERE version = 7"))
                .containsExactly(
                        "g:1",
                        "2026-11-01T12:00:07Z",
                        "2026-11-01T12:00:07Z",
                        "MESSAGE",
                        "{\"text\":\"7\"}",
                        "1",
                        "carol",
                        "dave",
                        "false",
                        "16");
        assertThat(ask("SELECT count(*) FROM '" + directory.resolve("part") + "/*.parquet'"))
                .containsExactly("10");
    }

    @Test
    void shouldRefuseAWrongCommandLine() {
        assertThat(new CommandLine(new ParquetMain()).execute("--topic", "nothing", "--out", directory.toString()))
                .isEqualTo(2);
        assertThat(run("--out", directory.toString(), "--since", "yesterday")).isEqualTo(2);
    }

    private static int run(String... more) {
        var arguments = new ArrayList<>(List.of("--topic", "conversation-events"));
        arguments.addAll(List.of("--kafka", stack.bootstrapServers(), "--registry", stack.registryUrl()));
        arguments.addAll(List.of(more));
        return new CommandLine(new ParquetMain()).execute(arguments.toArray(String[]::new));
    }

    /** The columns of the first row. */
    private static List<String> ask(String query) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            try (var rows = statement.executeQuery(query)) {
                assertThat(rows.next()).as(query).isTrue();
                var columns = new ArrayList<String>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(rows.getString(i));
                }
                return columns;
            }
        }
    }

    private static ConversationEvent event(String conversation, long version) {
        return ConversationEvent.newBuilder()
                .setConversation(conversation)
                .setVersion(version)
                .setSeq(version)
                .setLastSeq(version)
                .setStamp(version)
                .setAt(NOON.plusSeconds(version))
                .setHash(ChainHash.NONE)
                .setKind(EventKind.MESSAGE)
                .setFrom("alice")
                .setClientMessageId("k-" + version)
                .setFingerprint(ChainHash.NONE)
                .setBody(StandardCharsets.UTF_8.encode("{\"text\":\"" + version + "\"}"))
                .setAdded(List.of(new MemberRef("carol", Role.ADMIN)))
                .setMentions(List.of("bob", "dave"))
                .build();
    }
}
