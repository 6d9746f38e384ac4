package io.millrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.millrace.edge.EdgeUnderTest;
import io.millrace.edge.lane.Lives;
import io.millrace.edge.session.SessionLimits;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP calls against a real edge. */
@Timeout(60)
class CallsTest {
    private static final String SEND =
            "{\"clientMessageId\":\"%s\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"text\",\"text\":\"hi\"}}";

    private static final List<String> PULLED = new ArrayList<>();
    private static HttpServer timeline;
    private static EdgeUnderTest edge;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        timeline = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        timeline.createContext("/", exchange -> {
            PULLED.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
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
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
        timeline.stop(0);
    }

    @Test
    void shouldAnswerPostedWhenAMessageIsDecided() throws Exception {
        // When
        var answer = post("/v1/messages", SEND.formatted("h-1"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"type\":\"posted\"", "\"clientMessageId\":\"h-1\"", "\"conversation\":\"d:alice:bob\"");
        var command = lastCommand();
        assertThat(command.getDevice()).isNull();
        assertThat(command.getOrigin().getSession()).isNull();
    }

    @Test
    void shouldAnswerAcceptedWhenTheDecisionTakesLong() throws Exception {
        // Given
        edge.router.deciding = false;

        // When
        var answer = post("/v1/messages", SEND.formatted("h-2"));

        // Then
        edge.router.deciding = true;
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("\"state\":\"accepted\"", "\"clientMessageId\":\"h-2\"");
    }

    @Test
    void shouldGiveTheGroupItsIdWhenItIsCreated() throws Exception {
        // Given
        var body =
                "{\"clientMessageId\":\"g-1\",\"kind\":\"group\",\"title\":\"Team\",\"members\":[\"bob\",\"carol\",\"bob\"]}";

        // When
        var first = post("/v1/conversations", body);
        var second = post("/v1/conversations", body);

        // Then
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.body()).contains("\"conversation\":\"g:", "\"version\":1");
        var conversation = first.body().replaceAll(".*(g:[A-Z0-9]{26}).*", "$1");
        assertThat(second.body()).contains(conversation);
        assertThat(lastCommand().getUsers()).containsExactly("bob", "carol");
    }

    @Test
    void shouldChangeAGroupWhenAsked() throws Exception {
        // When
        var added = post("/v1/conversations/g:x/members", "{\"clientMessageId\":\"m-1\",\"users\":[\"dave\"]}");
        var addition = lastCommand();
        var removed = send(request("/v1/conversations/g:x/members/dave?clientMessageId=m-2")
                .DELETE());
        var removal = lastCommand();
        var titled = send(request("/v1/conversations/g:x")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"clientMessageId\":\"m-3\",\"title\":\"T\"}")));

        // Then
        assertThat(List.of(added.statusCode(), removed.statusCode(), titled.statusCode()))
                .containsOnly(200);
        assertThat(added.body()).contains("\"version\":");
        assertThat(addition.getType()).isEqualTo(CommandType.ADD_MEMBERS);
        assertThat(removal.getType()).isEqualTo(CommandType.REMOVE_MEMBER);
        assertThat(removal.getUsers()).containsExactly("dave");
        assertThat(lastCommand().getTitle()).isEqualTo("T");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"clientMessageId\":\"c\"}",
                "{\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":\"text\"}",
                "{\"clientMessageId\":\"c\",\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"x\"}}"
            })
    void shouldAnswer400WhenTheBodyIsBad(String body) throws Exception {
        // When
        var answer = post("/v1/messages", body);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"invalid\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32", "ISO-8859-1"})
    void shouldAnswer400WhenTheBodyIsNoUtf8(String charset) throws Exception {
        // When
        var body = SEND.formatted("h-" + charset).replace("hi", "caf\u00e9").getBytes(charset);
        var answer = send(request("/v1/messages").POST(HttpRequest.BodyPublishers.ofByteArray(body)));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/conversations/..%2f..%2fmetrics/members",
                "/v1/conversations/x:1/members",
                "/v1/conversations/d:bob:alice/members",
                "/v1/conversations/g:a%00b/members",
                "/v1/conversations/g:caf%C3%A9/members"
            })
    void shouldAnswer400WhenTheConversationInThePathIsNone(String path) throws Exception {
        // When
        var answer = post(path, "{\"clientMessageId\":\"p-1\",\"users\":[\"bob\"]}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid\"");
    }

    @Test
    void shouldAnswer400WhenAParameterStandsTwice() throws Exception {
        // When
        var answer = send(request("/v1/conversations/g:x/members/bob?clientMessageId=a&clientMessageId=b")
                .DELETE());

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic YWxpY2U6", "Bearer", "Bearer nonsense", "Bearer eyJhbGciOiJub25lIn0.e30."})
    void shouldAnswer401WhenTheTokenIsNotGood(String authorization) throws Exception {
        // When
        var request = HttpRequest.newBuilder(uri("/v1/messages"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(SEND.formatted("x")));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        var answer = send(request);

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void shouldAnswer413WhenTheBodyIsTooLarge() throws Exception {
        assertThat(post("/v1/messages", "{\"x\":\"" + "a".repeat(70_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(post("/v1/messages", SEND.formatted("h-9").replace("\"hi\"", "\"" + "a".repeat(12_300) + "\""))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void shouldTakeJsonWhateverItsTypeSays() throws Exception {
        // When: as curl -d has it
        var answer = send(HttpRequest.newBuilder(uri("/v1/messages"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Bearer " + edge.token("alice"))
                .POST(HttpRequest.BodyPublishers.ofString(SEND.formatted("h-4"))));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswer503WhenTheLogIsAway() throws Exception {
        // Given
        Lives.end(edge.life);

        // When
        var answer = post("/v1/messages", SEND.formatted("h-3"));

        // Then
        Lives.begin(edge.life);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"code\":\"unavailable\"");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"/v1/timeline?after=41&limit=200&epoch=e1", "/v1/conversations/g:x/messages?before=9"})
    void shouldPassThePullApiOnWhenAsked(String path) throws Exception {
        // When
        var answer = send(request(path).GET());

        // Then
        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body()).isEqualTo("{\"code\":\"reset\"}");
        assertThat(PULLED).anyMatch(line -> line.startsWith(path + " Bearer "));
    }

    @Test
    void shouldAnswer503WhenTheTimelineServiceIsDown() throws Exception {
        try (var alone = EdgeUnderTest.start()) {
            // When
            var answer = send(HttpRequest.newBuilder(URI.create("http://localhost:" + alone.port() + "/v1/timeline"))
                    .GET());

            // Then
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void shouldGiveATokenWhenDevelopmentTokensAreOn() throws Exception {
        assertThat(post("/dev/token", "{\"user\":\"alice\"}").body()).startsWith("{\"token\":\"ey");
        assertThat(post("/dev/token", "{\"user\":\"a:b\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldServeThePageWithStrictHeaders() throws Exception {
        // When
        var page = send(HttpRequest.newBuilder(uri("/")).GET());
        var again = send(HttpRequest.newBuilder(uri("/"))
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

    private Command lastCommand() {
        return edge.router.written.stream()
                .filter(Command.class::isInstance)
                .map(Command.class::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + edge.token("alice"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://localhost:" + edge.port() + path);
    }
}
