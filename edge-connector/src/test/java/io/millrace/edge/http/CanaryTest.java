package io.millrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.millrace.edge.EdgeUnderTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Bodies, drafts, titles, aliases, announcements and tokens are planted in every frame and every call, good and bad: none
 * of them is in the log, in a meter, or in an answer that refuses.
 */
@Timeout(60)
class CanaryTest {
    private static final String CANARY = "canary-7f31";
    private static final String TEXT = "{\"kind\":\"text\",\"text\":\"" + CANARY + "\"}";

    private static CapturedLog log;
    private static EdgeUnderTest edge;

    @BeforeAll
    static void start() {
        log = new CapturedLog();
        edge = EdgeUnderTest.start();
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
        log.close();
    }

    @AfterEach
    void shouldStandInNoLogAndInNoMeter() {
        assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(CANARY));
        assertThat(edge.registry.getMeters())
                .extracting(Meter::getId)
                .isNotEmpty()
                .noneMatch(id -> id.toString().contains(CANARY)
                        || String.valueOf(id.getDescription()).contains(CANARY));
    }

    /** Good in form; what of it is refused is refused for a reason that is not its text. */
    private static List<String> goodFrames() {
        return List.of(
                frame("send", "\"to\":{\"user\":\"bob\"},\"body\":" + TEXT),
                frame("edit", "\"conversation\":\"d:alice:bob\",\"seq\":1,\"body\":" + TEXT),
                frame(
                        "react",
                        "\"conversation\":\"d:alice:bob\",\"seq\":1,\"op\":\"add\",\"emoji\":\"" + CANARY + "\""),
                frame("settings", "\"conversation\":\"d:alice:bob\",\"alias\":\"" + CANARY + "\",\"draft\":" + TEXT));
    }

    private static List<String> badFrames() {
        return List.of(
                "{\"type\":\"" + CANARY + "\"}",
                "{\"type\":\"ping\",\"ref\":\"" + CANARY + "\"}",
                "{\"type\":\"ping\",\"" + CANARY + "\":1,\"" + CANARY + "\":2}",
                frame("send", "\"to\":{\"user\":\"" + CANARY + " \"},\"body\":" + TEXT),
                frame("send", "\"to\":{\"conversation\":\"" + CANARY + "\"},\"body\":" + TEXT),
                frame("send", "\"to\":{\"user\":\"bob\"},\"body\":\"" + CANARY + "\""),
                frame("send", "\"to\":{\"user\":\"bob\"},\"replyTo\":\"" + CANARY + "\",\"body\":" + TEXT),
                frame("react", "\"conversation\":\"d:alice:bob\",\"seq\":1,\"emoji\":\"x\",\"op\":\"" + CANARY + "\""),
                frame("read", "\"conversation\":\"d:alice:bob\",\"seq\":\"" + CANARY + "\""),
                "{\"type\":\"send\",\"clientMessageId\":\"" + CANARY + " " + CANARY + "\"}");
    }

    @Test
    void shouldKeepWhatFramesCarry() throws Exception {
        // Given
        var answers = new ArrayList<String>();

        // When
        try (var alice = RawSocket.welcomed(edge, "alice", "phone")) {
            for (var frame : goodFrames()) {
                alice.text(frame);
            }
            alice.text("{\"type\":\"ping\",\"ref\":77}");
            alice.await("\"ref\":77");
        }
        for (var frame : badFrames()) {
            try (var alice = RawSocket.welcomed(edge, "alice", "tablet")) {
                alice.text(frame);
                answers.add(alice.await("\"error\""));
            }
        }

        // Then
        assertThat(answers).hasSize(badFrames().size()).noneMatch(answer -> answer.contains(CANARY));
    }

    @Test
    void shouldKeepTokensThatAreRefused() throws Exception {
        var token = edge.token("alice");
        for (var wrong : List.of(CANARY, token + CANARY, CANARY + token, token.replaceFirst("\\.", "." + CANARY))) {
            // When
            String over;
            try (var socket = RawSocket.open(edge.port())) {
                socket.hello(wrong, "phone");
                var closed = socket.next();
                over = closed.text();
            }
            String renewed;
            try (var socket = RawSocket.welcomed(edge, "alice", "phone")) {
                socket.text("{\"type\":\"auth\",\"token\":\"" + wrong + "\"}");
                renewed = socket.next().text();
            }
            var answer = new Caller(edge, wrong).post("/v1/messages", "{}");

            // Then
            assertThat(over + renewed).doesNotContain(CANARY);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body() + answer.headers().map()).doesNotContain(CANARY);
        }
        assertThat(log.lines()).noneMatch(line -> line.contains(token));
    }

    @Test
    void shouldKeepWhatCallsCarry() throws Exception {
        // Given
        var alice = new Caller(edge, edge.token("alice"));
        var key = "\"clientMessageId\":\"" + CANARY + "\"";

        // When
        var refused = List.of(
                alice.post("/v1/messages", "{" + key + ",\"to\":\"" + CANARY + "\",\"body\":" + TEXT + "}"),
                alice.post("/v1/messages", "{\"" + CANARY),
                alice.post("/v1/conversations", "{" + key + ",\"kind\":\"" + CANARY + "\"}"),
                alice.post("/v1/conversations", "{" + key + ",\"kind\":\"group\",\"title\":\"" + CANARY + "\\u0007\"}"),
                alice.call("PATCH", "/v1/conversations/g:x", "{" + key + ",\"joinRule\":\"" + CANARY + "\"}"),
                alice.post("/v1/conversations/g:x/join", "{" + key + ",\"link\":\"" + CANARY + "!\"}"),
                alice.put("/v1/conversations/g:x/members/bob/role", "{" + key + ",\"role\":\"" + CANARY + "\"}"),
                alice.put("/v1/blocks/" + CANARY + "%20x", "{" + key + "}"),
                alice.get("/v1/timeline?token=" + CANARY),
                alice.get("/" + CANARY),
                alice.get("/v1/timeline?after=" + CANARY),
                alice.call(CANARY, "/v1/messages", ""),
                alice.send(alice.request("/v1/timeline")
                        .header("Origin", "https://" + CANARY)
                        .GET()));
        alice.post("/v1/messages", "{" + key + ",\"to\":{\"user\":\"bob\"},\"body\":" + TEXT + "}");
        alice.call("PATCH", "/v1/conversations/g:x", "{" + key + ",\"announcement\":\"" + CANARY + "\"}");

        // Then
        assertThat(refused).allMatch(answer -> answer.statusCode() >= 400);
        assertThat(refused)
                .noneMatch(answer -> (answer.body() + answer.headers().map()).contains(CANARY));
    }

    private static String frame(String type, String fields) {
        return "{\"type\":\"" + type + "\",\"clientMessageId\":\"c-1\"," + fields + "}";
    }
}
