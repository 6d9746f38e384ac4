package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.localstack.SharedStack;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The protocol as its document tells it: text frames and plain HTTP, without a client library. */
@Timeout(120)
final class RawProtocolIT {
    private final SharedStack stack = SharedStack.running();
    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String conversation = Names.direct(alice, bob);

    @Test
    void shouldWelcomeADeviceWithWhatTheProtocolPromises() {
        // Given
        try (RawSocket socket = RawSocket.open(stack.edge(0))) {
            // When
            socket.send(hello(alice, "phone", 1));
            JsonNode welcome = socket.next("welcome");

            // Then
            assertThat(welcome.get("session").textValue()).isNotEmpty();
            assertThat(welcome.get("user").textValue()).isEqualTo(alice);
            assertThat(welcome.get("device").textValue()).isEqualTo("phone");
            assertThat(welcome.get("epoch").textValue()).isNotEmpty();
            assertThat(welcome.get("head").longValue()).isZero();
            assertThat(welcome.get("now").longValue()).isPositive();
            assertThat(welcome.get("tokenExpiresAt").longValue())
                    .isGreaterThan(welcome.get("now").longValue());
            assertThat(welcome.get("heartbeatSeconds").intValue()).isPositive();
            JsonNode limits = welcome.get("limits");
            for (String limit : List.of("maxFrameBytes", "maxBodyBytes", "sendsPerSecond", "sessions")) {
                assertThat(limits.get(limit).intValue()).as(limit).isPositive();
            }
        }
    }

    @Test
    void shouldTakeAMessageToEveryDeviceAcrossEdges() {
        // Given
        try (RawSocket phone = RawSocket.welcomed(stack.edge(0), alice, "phone");
                RawSocket laptop = RawSocket.welcomed(stack.edge(1), alice, "laptop");
                RawSocket bobs = RawSocket.welcomed(stack.edge(1), bob, "phone")) {
            String key = Names.key();

            // When
            phone.send(send(7, key, "hi 你好"));
            JsonNode posted = phone.next("posted");

            // Then
            assertThat(posted.get("ref").intValue()).isEqualTo(7);
            assertThat(posted.get("clientMessageId").textValue()).isEqualTo(key);
            assertThat(posted.get("conversation").textValue()).isEqualTo(conversation);
            assertThat(posted.get("seq").longValue()).isEqualTo(1);
            assertThat(posted.get("version").longValue()).isEqualTo(1);
            for (RawSocket socket : List.of(phone, laptop, bobs)) {
                JsonNode entry = socket.entry(each -> true);
                assertThat(entry.get("position").longValue()).isEqualTo(1);
                assertThat(entry.get("conversation").textValue()).isEqualTo(conversation);
                assertThat(entry.get("version").longValue()).isEqualTo(1);
                JsonNode event = entry.get("event");
                assertThat(event.get("kind").textValue()).isEqualTo("message");
                assertThat(event.get("seq").longValue()).isEqualTo(1);
                assertThat(event.get("messageId")).isEqualTo(posted.get("messageId"));
                assertThat(event.get("from").textValue()).isEqualTo(alice);
                assertThat(event.get("body").toString()).isEqualTo("{\"kind\":\"text\",\"text\":\"hi 你好\"}");
                boolean own = socket != bobs;
                assertThat(event.path("clientMessageId").asText()).isEqualTo(own ? key : "");
                assertThat(event.path("device").asText()).isEqualTo(own ? "phone" : "");
                socket.send("{\"type\":\"ack\",\"position\":1,\"stored\":1}");
                socket.send("{\"type\":\"ping\"}");
                socket.next("pong");
            }
        }
    }

    @Test
    void shouldServeByHttpWhatWasMissed() {
        // Given
        RawHttp http = RawHttp.of(stack.edge(0), alice);
        var sent = new ArrayList<String>();
        for (int i = 1; i <= 5; i++) {
            RawHttp.Answer answer = http.post("/v1/messages", message(Names.key(), "by http " + i));
            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
            assertThat(answer.body().get("seq").longValue()).isEqualTo(i);
            sent.add("by http " + i);
        }
        RawHttp bobs = RawHttp.of(stack.edge(1), bob);

        // When
        RawHttp.Answer all = bobs.get("/v1/timeline?after=0&limit=2&atLeast=5");

        // Then
        assertThat(all.status()).as("%s", all).isEqualTo(200);
        String epoch = all.body().get("epoch").textValue();
        var texts = new ArrayList<String>();
        long after = 0;
        JsonNode page = all.body();
        while (true) {
            for (JsonNode entry : page.get("entries")) {
                assertThat(entry.get("position").longValue()).isEqualTo(++after);
                texts.add(entry.get("event").get("body").get("text").textValue());
            }
            assertThat(page.get("next").longValue()).isEqualTo(after);
            if (!page.get("more").booleanValue()) {
                break;
            }
            page = bobs.get("/v1/timeline?limit=2&atLeast=5&epoch=" + epoch + "&after=" + after)
                    .body();
        }
        assertThat(texts).isEqualTo(sent);
        assertThat(page.get("head").longValue()).isEqualTo(5);
    }

    @Test
    void shouldAnswerHistoryAndConversationsByHttp() {
        // Given
        RawHttp http = RawHttp.of(stack.edge(0), alice);
        for (int i = 1; i <= 3; i++) {
            assertThat(http.post("/v1/messages", message(Names.key(), "m" + i)).status())
                    .isEqualTo(200);
        }
        RawHttp bobs = RawHttp.of(stack.edge(1), bob);

        // When
        await().atMost(Device.PATIENCE)
                .until(() -> bobs.get("/v1/timeline?after=0&atLeast=3")
                                .body()
                                .path("next")
                                .asLong()
                        == 3);
        JsonNode list = bobs.get("/v1/conversations?limit=10").body();
        JsonNode history = bobs.get("/v1/conversations/" + conversation + "/messages?before=3&limit=1&atLeast=3")
                .body();

        // Then
        assertThat(list.get("position").longValue()).isEqualTo(3);
        assertThat(list.get("totalUnread").longValue()).isEqualTo(3);
        JsonNode line = list.get("conversations").get(0);
        assertThat(line.get("conversation").textValue()).isEqualTo(conversation);
        assertThat(line.get("kind").textValue()).isEqualTo("direct");
        assertThat(line.get("lastSeq").longValue()).isEqualTo(3);
        assertThat(line.get("unread").longValue()).isEqualTo(3);
        assertThat(history.get("messages")).hasSize(1);
        assertThat(history.get("messages").get(0).get("seq").longValue()).isEqualTo(2);
        assertThat(history.get("more").booleanValue()).isTrue();
    }

    @Test
    void shouldResetADeviceThatCountsInAnotherEpoch() {
        // Given
        RawHttp http = RawHttp.of(stack.edge(0), alice);
        assertThat(http.post("/v1/messages", message(Names.key(), "m")).status())
                .isEqualTo(200);

        // When
        RawHttp.Answer answer = http.get("/v1/timeline?after=1&epoch=of-another-world");

        // Then
        assertThat(answer.status()).as("%s", answer).isEqualTo(410);
        assertThat(answer.code()).isEqualTo("reset");
        assertThat(answer.body().get("epoch").textValue()).isNotEmpty();
    }

    @Test
    void shouldReplaceAnOlderSessionOfTheSameDevice() {
        // Given
        try (RawSocket older = RawSocket.open(stack.edge(0));
                RawSocket newer = RawSocket.open(stack.edge(1))) {
            older.send(hello(alice, "phone", 1));
            older.next("welcome");

            // When
            newer.send(hello(alice, "phone", 2));
            newer.next("welcome");

            // Then
            assertThat(older.closeCode()).isEqualTo(4409);
        }
    }

    @Test
    void shouldKeepTheNewerSessionWhenAnOlderHelloComesLate() {
        // Given
        try (RawSocket newer = RawSocket.open(stack.edge(0));
                RawSocket late = RawSocket.open(stack.edge(1))) {
            newer.send(hello(alice, "phone", 2));
            newer.next("welcome");

            // When
            late.send(hello(alice, "phone", 1));

            // Then
            assertThat(late.closeCode()).isEqualTo(4409);
            RawHttp.of(stack.edge(1), bob)
                    .post("/v1/messages", message(Names.key(), "still there?").replace(bob, alice));
            assertThat(newer.entry(entry -> true).at("/event/body/text").asText())
                    .isEqualTo("still there?");
            newer.send("{\"type\":\"ping\"}");
            newer.next("pong");
        }
    }

    @Test
    void shouldCloseWhenTheFirstFrameIsNoHelloOrItsTokenIsBad() {
        try (RawSocket impatient = RawSocket.open(stack.edge(0));
                RawSocket forged = RawSocket.open(stack.edge(0))) {
            // When
            impatient.send("{\"type\":\"ping\"}");
            forged.send("{\"type\":\"hello\",\"token\":\"e30.e30.AAAA\",\"device\":\"phone\"}");

            // Then
            assertThat(impatient.closeCode()).isEqualTo(4401);
            assertThat(forged.closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void shouldAnswerEveryBadFrameAndGoOn() {
        // Given
        try (RawSocket socket = RawSocket.welcomed(stack.edge(0), alice, "phone")) {
            // When
            socket.send("{\"type\":\"nosuch\",\"ref\":1}");
            socket.send("{\"type\":\"send\",\"ref\":2,\"clientMessageId\":\"no spaces\",\"to\":{\"user\":\"" + bob
                    + "\"},\"body\":{\"kind\":\"text\"}}");
            socket.send("{\"type\":\"ack\",\"position\":999999}");

            // Then
            assertThat(socket.next("error", frame -> frame.path("ref").asInt() == 1)
                            .get("code")
                            .textValue())
                    .isEqualTo("unknown_type");
            assertThat(socket.next("error", frame -> frame.path("ref").asInt() == 2)
                            .get("code")
                            .textValue())
                    .isEqualTo("invalid");
            assertThat(socket.next("error").get("code").textValue()).isEqualTo("invalid");
            socket.send("{\"type\":\"send\",\"ref\":3,\"ref\":4}");
            assertThat(socket.next("error").get("code").textValue()).isEqualTo("bad_frame");
            socket.send(send(5, Names.key(), "still here"));
            assertThat(socket.next("posted").get("ref").intValue()).isEqualTo(5);
        }
    }

    @Test
    void shouldRefuseACallWithoutAToken() {
        // When
        RawHttp.Answer answer = RawHttp.anonymous(stack.edge(0)).get("/v1/timeline?after=0");

        // Then
        assertThat(answer.status()).isEqualTo(401);
    }

    private String hello(String user, String device, int attempt) {
        return "{\"type\":\"hello\",\"token\":\"" + RawHttp.token(stack.edge(0), user) + "\",\"device\":\"" + device
                + "\",\"attempt\":" + attempt + "}";
    }

    private String send(int ref, String key, String text) {
        return "{\"type\":\"send\",\"ref\":" + ref + "," + message(key, text).substring(1);
    }

    private String message(String key, String text) {
        return "{\"clientMessageId\":\"" + key + "\",\"to\":{\"user\":\"" + bob
                + "\"},\"body\":{\"kind\":\"text\",\"text\":\"" + text + "\"}}";
    }
}
