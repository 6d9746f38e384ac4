package io.millrace.service.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.service.FreePort;
import io.millrace.service.lifecycle.RefusedToStartException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AdminServerTest {
    private final int port = FreePort.next();
    private final Health health = new Health();
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AdminServer server = new AdminServer("127.0.0.1", port, health, metrics);
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldAskTheResourceOfThatPath() throws Exception {
        // Given
        server.with("/things", request -> AdminAnswer.ok(request));

        // When
        var answer = post("/things/a?why=x", Map.of());

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new ObjectMapper().readValue(answer.body(), Map.class))
                .isEqualTo(Map.of("method", "POST", "path", "/a", "parameters", Map.of("why", "x")));
    }

    @Test
    void shouldLetNoPageOfABrowserChangeAnything() throws Exception {
        // Given
        var asked = new AtomicBoolean();
        server.with("/things", request -> {
            asked.set(true);
            return AdminAnswer.ok(Map.of());
        });

        // When
        var answer = post("/things/a", Map.of("Origin", "http://127.0.0.1:" + port));

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(asked).isFalse();
    }

    private HttpResponse<String> post(String path, Map<String, String> headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldNameEveryCheckAndBeReadyWhenAllHold() throws Exception {
        // Given
        health.addLiveness("threads", () -> true);
        health.addReadiness("kafka", () -> true);

        // When
        var answer = get("/health/ready");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new ObjectMapper().readValue(answer.body(), Map.class))
                .isEqualTo(Map.of("status", "up", "checks", Map.of("kafka", true, "threads", true)));
    }

    @Test
    void shouldBeLiveButNotReadyWhenOnlyReadinessFails() throws Exception {
        // Given
        var kafka = new AtomicBoolean(false);
        health.addReadiness("kafka", kafka::get);

        // When
        int live = get("/health/live").statusCode();
        int before = get("/health/ready").statusCode();
        kafka.set(true);
        int after = get("/health/ready").statusCode();

        // Then
        assertThat(new int[] {live, before, after}).containsExactly(200, 503, 200);
    }

    @Test
    void shouldCountACheckThatThrowsAsFailed() throws Exception {
        // Given
        health.addReadiness("broken", () -> {
            throw new IllegalStateException("cannot tell");
        });

        // When
        var answer = get("/health/ready");

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"broken\":false").doesNotContain("cannot tell");
    }

    @Test
    void shouldGiveMetricsAsPrometheusText() throws Exception {
        // Given
        metrics.counter("millrace.edge.frames.received").increment(3);

        // When
        var answer = get("/metrics");

        // Then
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body()).contains("millrace_edge_frames_received_total 3.0");
    }

    @Test
    void shouldNotKnowOtherPaths() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldRefuseToStartWhenThePortIsTaken() {
        // Given
        var second = new AdminServer("127.0.0.1", port, health, metrics);

        // Then
        assertThatThrownBy(second::start)
                .isInstanceOf(RefusedToStartException.class)
                .hasMessageContaining("127.0.0.1:" + port);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
