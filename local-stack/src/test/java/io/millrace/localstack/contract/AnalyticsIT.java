package io.millrace.localstack.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.client.MillraceClient;
import io.millrace.client.http.DevTokens;
import io.millrace.client.outbox.Decision;
import io.millrace.client.outbox.Recipient;
import io.millrace.client.timeline.MemoryTimelineStore;
import io.millrace.localstack.Debian;
import io.millrace.localstack.SharedStack;
import io.millrace.localstack.javascript.NodeTests;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of examples/analytics beside a stack: its topic and its page say what was sent. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AnalyticsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private static Path directory;

    private static SharedStack stack;
    private static AnalyticsProcess analytics;

    @BeforeAll
    static void start() throws IOException {
        stack = SharedStack.running();
        analytics = AnalyticsProcess.start(environment(), directory);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        analytics.close();
    }

    @Test
    @Order(1)
    void shouldCountEveryMessageOnceAlsoWhenItIsKilledMeanwhile() throws Exception {
        // Given
        talk();
        await().atMost(PATIENCE).until(() -> analytics.sum("group") > 0);

        // When
        analytics.kill();
        talk();
        analytics = AnalyticsProcess.start(environment(), directory);

        // Then
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            var log =
                    LogCount.of(stack.parts().bootstrapServers(), stack.parts().registryUrl());
            assertThat(log.direct()).isGreaterThanOrEqualTo(10);
            assertThat(log.group()).isGreaterThanOrEqualTo(6);
            assertThat(analytics.sum("direct")).isEqualTo(log.direct());
            assertThat(analytics.sum("group")).isEqualTo(log.group());
            assertThat(analytics.sum("activeUsers")).isEqualTo(log.activeMinutes());
            assertThat(analytics.sum("delivered") + analytics.sum("late")).isGreaterThanOrEqualTo(22);
        });
    }

    @Test
    @Order(2)
    void shouldWriteToItsTopicWhatThePageShows() throws Exception {
        // When
        var written = lastOfEachMinute();

        // Then
        var shown =
                AnalyticsProcess.json(analytics.get("minutes.json?last=1440")).get("minutes");
        assertThat(shown).isNotEmpty();
        shown.forEach(minute -> {
            var record = written.get(minute.get("minute").asLong());
            assertThat(record).isNotNull();
            minute.fieldNames().forEachRemaining(name -> assertThat(String.valueOf(record.get(name)))
                    .as(name)
                    .isEqualTo(minute.get(name).asText()));
            if (minute.get("delivered").asLong() > 0) {
                assertThat(minute.get("p50Ms").asLong())
                        .isBetween(1L, minute.get("p99Ms").asLong());
            }
        });
        assertThat(analytics.get("minutes.json?last=0").statusCode()).isEqualTo(400);
    }

    @Test
    @Order(3)
    void shouldAnswerNoPageOfAnotherName() throws Exception {
        // Given
        try (var socket = new Socket("127.0.0.1", analytics.url().getPort())) {
            // When
            socket.getOutputStream()
                    .write("GET /minutes.json HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"
                            .getBytes(US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);

            // Then
            assertThat(answer).startsWith("HTTP/1.1 403 ").doesNotContain("minutes");
        }
    }

    @TestFactory
    @Order(4)
    Stream<DynamicTest> shouldPlotThemInABrowser() throws Exception {
        var given = System.getenv("CHROMIUM");
        var chromium = given != null
                ? given
                : Debian.program(List.of("chromium", "chromium-browser", "google-chrome"), "chromium")
                        .toString();
        return NodeTests.of(
                Path.of("src/test/node"),
                "analytics",
                Map.of(
                        "ANALYTICS",
                        analytics.url().toString(),
                        "CHROMIUM",
                        chromium,
                        "MILLRACE_SCREENSHOTS",
                        Path.of("target", "browser").toAbsolutePath().toString()));
    }

    /** Five messages to one and three to a group of three, all of them delivered. */
    private static void talk() throws Exception {
        var run = UUID.randomUUID().toString().substring(0, 8);
        var bob = "bob-" + run;
        var carol = "carol-" + run;
        try (var alices = client("alice-" + run);
                var bobs = client(bob);
                var carols = client(carol)) {
            for (var each : List.of(alices, bobs, carols)) {
                each.connect();
            }
            var group = alices.createGroup("walkers", List.of(bob, carol)).get(60, TimeUnit.SECONDS);
            for (int i = 0; i < 5; i++) {
                post(alices, Recipient.user(bob), "direct " + i);
            }
            for (int i = 0; i < 3; i++) {
                post(alices, Recipient.conversation(group), "group " + i);
            }
            var wire = Wire.of(stack.edge(0), "alice-" + run);
            await("all are delivered").atMost(PATIENCE).until(() -> {
                var members = wire.get("v1/conversations/" + group)
                        .body()
                        .path("members")
                        .findValues("delivered");
                return members.stream().filter(each -> each.asLong() == 3).count() == 2;
            });
        }
    }

    private static void post(MillraceClient client, Recipient to, String text) throws Exception {
        assertThat(client.send(to, text).decision().get(60, TimeUnit.SECONDS)).isInstanceOf(Decision.Posted.class);
    }

    private static MillraceClient client(String user) {
        return MillraceClient.builder()
                .url(stack.edge(0))
                .device("phone")
                .tokens(new DevTokens(stack.edge(0), user))
                .store(new MemoryTimelineStore())
                .build();
    }

    /** Read without a class of the example, by the schema of the registry. */
    private static Map<Long, GenericRecord> lastOfEachMinute() throws IOException, InterruptedException {
        var wire = Wire.with(URI.create(stack.parts().registryUrl() + "/"), "");
        var schema = new Schema.Parser()
                .parse(wire.get("subjects/tap-analytics-minutes-value/versions/latest")
                        .body()
                        .get("schema")
                        .asText());
        var minutes = new TreeMap<Long, GenericRecord>();
        var settings = Map.<String, Object>of(
                "bootstrap.servers", stack.parts().bootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition("tap-analytics-minutes", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    var binary = DecoderFactory.get().binaryDecoder(record.value(), 5, record.value().length - 5, null);
                    var minute = new GenericDatumReader<GenericRecord>(schema).read(null, binary);
                    minutes.put((Long) minute.get("minute"), minute);
                }
            }
        }
        return minutes;
    }

    private static Map<String, String> environment() {
        return Map.of(
                "KAFKA",
                stack.parts().bootstrapServers(),
                "REGISTRY",
                stack.parts().registryUrl());
    }
}
