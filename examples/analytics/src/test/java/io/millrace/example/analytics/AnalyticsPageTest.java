package io.millrace.example.analytics;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.example.analytics.record.Minute;
import io.millrace.schemas.serde.RecordSerdes;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on a real socket, with the store of the topology behind it. */
class AnalyticsPageTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final RecordSerdes serdes = RecordSerdes.on(new InMemoryRegistry());
    private final Properties settings = new Properties();

    @TempDir
    private Path state;

    private TopologyTestDriver driver;
    private AnalyticsPage page;

    @BeforeEach
    void start() {
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, AnalyticsTopology.APPLICATION);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(new AnalyticsTopology(serdes).get(), settings);
        page = new AnalyticsPage(new Results(() -> driver.getKeyValueStore(AnalyticsTopology.RESULTS)), 0);
    }

    @AfterEach
    void stop() {
        page.close();
        driver.close();
    }

    @Test
    void shouldShowTheMinutesOfTheTimeThatIsAskedFor() throws Exception {
        // Given
        var now = Minutes.of(Instant.now());
        write(Minutes.message(now.plus(Duration.ofHours(2)), "d:alice:bob"));
        write(Minutes.sum(Minutes.message(now, "g:walkers"), Minutes.delivery(now, 100)));
        write(Minutes.message(now.minus(Duration.ofMinutes(30)), "d:alice:bob"));
        write(Minutes.message(now.minus(Duration.ofMinutes(90)), "d:alice:bob"));

        // When
        var hour = new ObjectMapper().readTree(get("minutes.json").body());
        var day = new ObjectMapper().readTree(get("minutes.json?last=1440").body());

        // Then
        assertThat(hour.get("minutes")).hasSize(2);
        assertThat(day.get("minutes")).hasSize(3);
        var last = hour.get("minutes").get(1);
        assertThat(last.get("minute").asLong()).isEqualTo(now.toEpochMilli());
        assertThat(last.get("group").asLong()).isEqualTo(1);
        assertThat(last.get("p99Ms").asLong()).isBetween(100L, 110L);
        assertThat(hour.get("minutes").get(0).get("p99Ms").isNull()).isTrue();
    }

    @Test
    void shouldServeThePageAndItsPartsAlone() throws Exception {
        for (var part : List.of("", "page.js", "plot.js", "style.css", "icon.svg")) {
            // When
            var answer = get(part);

            // Then
            assertThat(answer.statusCode()).as(part).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self'"));
        }
        assertThat(get("../logback.xml").statusCode()).isEqualTo(404);
        assertThat(get("%2e%2e/logback.xml").statusCode()).isEqualTo(404);
        assertThat(get("nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldRefuseWhatIsNoNumberOfMinutes() throws Exception {
        for (var given : List.of("0", "-1", "1441", "soon", "", "99999999999")) {
            assertThat(get("minutes.json?last=" + given).statusCode()).as(given).isEqualTo(400);
        }
    }

    @Test
    void shouldAnswerLoopbackNamesAndReadersAlone() throws Exception {
        assertThat(raw("GET /minutes.json HTTP/1.1\r\nHost: elsewhere.example\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(raw("GET /minutes.json HTTP/1.1\r\nHost: localhost\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(raw("POST /minutes.json HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"))
                .startsWith("HTTP/1.1 405 ");
    }

    @Test
    void shouldSayThatResultsAreNotReadYet() throws Exception {
        // Given
        try (var streams = new KafkaStreams(new AnalyticsTopology(serdes).get(), settings);
                var early = new AnalyticsPage(Results.of(streams), 0)) {
            // When
            var answer = HTTP.send(
                    HttpRequest.newBuilder(early.url().resolve("minutes.json")).build(),
                    HttpResponse.BodyHandlers.ofString());

            // Then
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("still being read");
        }
    }

    private void write(Minute minute) {
        driver.createInputTopic(AnalyticsTopology.MINUTES, new StringSerializer(), serdes.serializer(Minute.class))
                .pipeInput(Minutes.keyOf(minute), minute);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(page.url().resolve("/" + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String head) throws Exception {
        try (var socket = new Socket("127.0.0.1", page.url().getPort())) {
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
