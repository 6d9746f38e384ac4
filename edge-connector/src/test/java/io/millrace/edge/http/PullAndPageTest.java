package io.millrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.millrace.edge.EdgeUnderTest;
import io.millrace.edge.session.SessionLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no command: the pull API, the page, development tokens, and bodies that nobody reads. */
@Timeout(60)
class PullAndPageTest {
    private static final List<String> PULLED = new CopyOnWriteArrayList<>();
    private static final CountDownLatch SLOW = new CountDownLatch(1);
    private static HttpServer timeline;
    private static EdgeUnderTest edge;
    private static Caller caller;

    @BeforeAll
    static void start() throws IOException {
        timeline = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        timeline.createContext("/", exchange -> {
            PULLED.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            if (exchange.getRequestURI().getPath().endsWith("/slow/messages")) {
                hold();
            }
            byte[] answer = "{\"code\":\"reset\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(410, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        timeline.start();
        edge = new EdgeUnderTest(
                SessionLimits.defaults(),
                EdgeUnderTest.http(),
                "http://127.0.0.1:" + timeline.getAddress().getPort());
        caller = new Caller(edge, edge.token("alice"));
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
        timeline.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/timeline?after=41&limit=200&epoch=e1",
        "/v1/conversations/g:x/messages?before=9",
        "/v1/conversations?as=bob",
        "/v1/conversations/g:x/scheduled?as=bob",
        "/v1/contacts?after=17"
    })
    void shouldPassThePullApiOnWhenAsked(String path) throws Exception {
        // When
        var answer = caller.get(path);

        // Then
        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body()).isEqualTo("{\"code\":\"reset\"}");
        assertThat(PULLED).anyMatch(line -> line.startsWith(path + " Bearer "));
    }

    @Test
    void shouldAnswer503WhenTheTimelineServiceIsDown() throws Exception {
        try (var alone = EdgeUnderTest.start()) {
            // When
            var answer = new Caller(alone, alone.token("alice")).get("/v1/timeline");

            // Then
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void shouldAnswer503WhenTooManyPullsWait() throws Exception {
        // Given: four at most may be under way
        var threads = Executors.newFixedThreadPool(5);
        try {
            // When
            var pulls = Stream.generate(() -> threads.submit(() -> caller.get("/v1/conversations/slow/messages")))
                    .limit(5)
                    .toList();
            await().atMost(Duration.ofSeconds(10)).until(() -> pulls.stream().anyMatch(Future::isDone));
            var other = caller.post("/dev/token", "{\"user\":\"alice\"}");
            SLOW.countDown();

            // Then
            var answers = new ArrayList<HttpResponse<String>>();
            for (var pull : pulls) {
                answers.add(pull.get(20, TimeUnit.SECONDS));
            }
            assertThat(other.statusCode()).isEqualTo(200);
            assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(410, 410, 410, 410, 503);
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 503).allSatisfy(answer -> {
                assertThat(answer.body()).contains("\"code\":\"overloaded\"");
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            });
        } finally {
            SLOW.countDown();
            threads.shutdownNow();
        }
    }

    private static void hold() {
        try {
            assertThat(SLOW.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldGiveATokenWhenDevelopmentTokensAreOn() throws Exception {
        assertThat(caller.post("/dev/token", "{\"user\":\"alice\"}").body()).startsWith("{\"token\":\"ey");
        assertThat(caller.post("/dev/token", "{\"user\":\"a:b\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldServeThePageWithStrictHeaders() throws Exception {
        // When
        var page = caller.send(caller.bare("/").GET());
        var again = caller.send(caller.bare("/")
                .header("If-None-Match", page.headers().firstValue("ETag").orElse(""))
                .GET());

        // Then
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'", "frame-ancestors 'self'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/../pom.xml",
                "/%2e%2e/secret",
                "/js/..%2fx.js",
                "/io/millrace/edge/EdgeMain.class",
                "//x"
            })
    void shouldAnswer404WhenThereIsNothing(String path) throws Exception {
        try (var socket = new RawSocket(edge.port())) {
            var head = socket.request(
                    List.of("GET " + path + " HTTP/1.1", "Host: localhost:" + edge.port(), "Connection: close"));
            assertThat(head).startsWith("HTTP/1.1 404");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /v1/messages", "POST /nothing", "GET /", "GET /v1/ws", "GET /v1/timeline"})
    void shouldCutTheConnectionWhenABodyIsDripped(String line) throws Exception {
        var dripping = Executors.newSingleThreadScheduledExecutor();
        try (var socket = new RawSocket(edge.port())) {
            // Given
            socket.raw((line + " HTTP/1.1\r\nHost: localhost:" + edge.port() + "\r\nContent-Length: 1000\r\n\r\n{")
                    .getBytes(StandardCharsets.ISO_8859_1));

            // When
            var drips = dripping.scheduleAtFixedRate(() -> socket.drip(' '), 100, 100, TimeUnit.MILLISECONDS);

            // Then: whether somebody reads it or not
            await().atMost(Duration.ofSeconds(10)).until(drips::isDone);
        } finally {
            dripping.shutdownNow();
        }
    }
}
