package io.millrace.localstack.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.localstack.SharedStack;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A running edge says nothing but what docs/asyncapi.yaml and docs/openapi.yaml describe, field by field. */
@Timeout(300)
class ProtocolContractIT {
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String alice = "alice-" + suffix;
    private final String bob = "bob-" + suffix;
    private Wire asAlice;
    private Wire asBob;

    @BeforeEach
    void signIn() throws Exception {
        var stack = SharedStack.running();
        asAlice = Wire.of(stack.edge(0), alice);
        asBob = Wire.of(stack.edge(0), bob);
    }

    @Test
    void shouldAnswerEveryFrame() throws Exception {
        try (var phone = RawDevice.open(asAlice, "phone-1");
                var other = RawDevice.open(asBob, "web-1")) {
            // When
            phone.say("{\"type\":\"ping\",\"ref\":2}");
            phone.answer("pong", 2);
            phone.say("{\"type\":\"auth\",\"ref\":3,\"token\":\"" + asAlice.token() + "\"}");
            phone.answer("authed", 3);
            phone.say(send(4, "c-1", "\"user\":\"" + bob + "\"", "hi"));
            var posted = phone.answer("posted", 4);
            var conversation = posted.path("conversation").asText();
            phone.say(send(5, "c-1", "\"user\":\"" + bob + "\"", "hi"));
            var again = phone.answer("posted", 5);
            phone.say(send(6, "c-1", "\"user\":\"" + bob + "\"", "other"));
            var conflict = phone.answer("rejected", 6);
            phone.say(about("edit", 7, conversation, ",\"body\":{\"kind\":\"text\",\"text\":\"hello\"}"));
            phone.answer("posted", 7);
            phone.say(about("react", 8, conversation, ",\"emoji\":\"👍\",\"op\":\"add\""));
            phone.answer("posted", 8);
            other.say(about("read", 9, conversation, ""));
            other.answer("posted", 9);
            phone.say(about("recall", 10, conversation, ""));
            phone.answer("posted", 10);
            phone.say(send(11, "c-2", "\"conversation\":\"g:nosuchgroup\"", "hi"));
            var stranger = phone.answer("rejected", 11);

            // Then
            assertThat(posted.path("seq").asLong()).isEqualTo(1);
            assertThat(again.path("duplicate").asBoolean()).isTrue();
            assertThat(again.path("messageId")).isEqualTo(posted.path("messageId"));
            assertThat(conflict.path("code").asText()).isEqualTo("conflict");
            assertThat(stranger.path("code").asText()).isEqualTo("not_found");
            var own = phone.entry(e -> kind(e, "message"));
            assertThat(own.path("event").path("clientMessageId").asText()).isEqualTo("c-1");
            assertThat(own.path("event").path("device").asText()).isEqualTo("phone-1");
            var theirs = other.entry(e -> kind(e, "message"));
            assertThat(theirs.path("event").has("clientMessageId")).isFalse();
            assertThat(theirs.path("event").has("device")).isFalse();
            other.entry(e -> kind(e, "edited"));
            other.entry(e -> kind(e, "reaction"));
            other.entry(e -> kind(e, "recalled"));
            assertThat(other.entry(e -> kind(e, "read")).path("version").isNull())
                    .isTrue();
            long last = phone.entry(e -> kind(e, "recalled")).path("position").asLong();
            phone.say("{\"type\":\"ack\",\"position\":" + last + ",\"stored\":" + last + "}");
            assertThat(phone.failures()).isEmpty();
            assertThat(other.failures()).isEmpty();
        }
    }

    @Test
    void shouldAnswerBadFramesByTheirCode() throws Exception {
        try (var phone = RawDevice.open(asAlice, "phone-1")) {
            // When
            phone.sayAnyhow("{\"type\":\"sing\",\"ref\":2}");
            phone.sayAnyhow("{\"type\":\"send\",\"ref\":3}");
            phone.sayAnyhow("{\"type\":\"ack\",\"ref\":4,\"position\":99999}");
            phone.sayAnyhow("not json");

            // Then
            assertThat(code(phone.answer("error", 2))).isEqualTo("unknown_type");
            assertThat(code(phone.answer("error", 3))).isEqualTo("invalid");
            assertThat(code(phone.answer("error", 4))).isEqualTo("invalid");
            assertThat(code(phone.await("error", f -> !f.has("ref")))).isEqualTo("bad_frame");
            assertThat(phone.failures()).isEmpty();
        }
    }

    @Test
    void shouldCloseByTheCodesOfTheProtocol() throws Exception {
        try (var stranger = RawDevice.connect(asAlice);
                var first = RawDevice.open(asBob, "web-1");
                var second = RawDevice.open(asBob, "web-1")) {
            // When
            stranger.sayAnyhow("{\"type\":\"hello\",\"token\":\"a.b.c\",\"device\":\"x\"}");

            // Then
            assertThat(stranger.awaitClose()).isEqualTo(4401);
            assertThat(first.awaitClose()).isEqualTo(4409);
            assertThat(second.failures()).isEmpty();
        }
    }

    @Test
    void shouldAnswerEveryCall() throws Exception {
        // Given
        var sent = asAlice.post("v1/messages", message("c-1", "\"user\":\"" + bob + "\""));
        var conversation = sent.body().path("conversation").asText();
        var group = asAlice.post(
                "v1/conversations",
                "{\"clientMessageId\":\"g-1\",\"kind\":\"group\",\"title\":\"Trip\",\"members\":[\"" + bob + "\"]}");
        var id = group.body().path("conversation").asText();

        // When
        var added = asAlice.post(
                "v1/conversations/" + id + "/members",
                "{\"clientMessageId\":\"m-1\",\"users\":[\"carol-" + suffix + "\"]}");
        var titled = asAlice.patch("v1/conversations/" + id, "{\"clientMessageId\":\"t-1\",\"title\":\"Journey\"}");
        var removed = asAlice.delete("v1/conversations/" + id + "/members/carol-" + suffix + "?clientMessageId=r-1");
        var page = asBob.get("v1/timeline?after=0&atLeast=5");
        var list = asBob.get("v1/conversations");
        var one = asBob.get("v1/conversations/" + id + "?atLeast=4");
        var messages = asBob.get("v1/conversations/" + conversation + "/messages?atLeast=1");
        var events = asBob.get("v1/conversations/" + id + "/events?after=0&atLeast=4");

        // Then
        answers(sent, 200, "Posted");
        answers(group, 201, "Created");
        answers(added, 200, "Changed");
        answers(titled, 200, "Changed");
        answers(removed, 200, "Changed");
        assertThat(answers(page, 200, "TimelinePage").path("entries")).hasSize(5);
        assertThat(answers(list, 200, "ConversationPage").path("conversations")).hasSize(2);
        assertThat(answers(one, 200, "Conversation").path("title").asText()).isEqualTo("Journey");
        assertThat(answers(messages, 200, "MessagePage").path("messages")).hasSize(1);
        assertThat(answers(events, 200, "EventPage").path("events")).hasSize(4);
    }

    @Test
    void shouldAnswerProblems() throws Exception {
        // Given
        var nobody = Wire.with(asAlice.edge(), "a.b.c");

        // Then
        problem(nobody.get("v1/timeline"), 401, "unauthorized");
        problem(nobody.post("v1/messages", message("c-1", "\"user\":\"bob\"")), 401, "unauthorized");
        problem(asAlice.get("v1/conversations/g:nosuchgroup"), 404, "not_found");
        problem(asAlice.get("v1/timeline?after=x"), 400, "invalid");
        problem(asAlice.get("v1/timeline?after=5"), 400, "invalid");
        problem(asAlice.post("v1/messages", "{}"), 400, "invalid");
        problem(asAlice.post("v1/messages", message("c-9", "\"conversation\":\"g:nosuchgroup\"")), 404, "not_found");
        answers(asAlice.get("v1/timeline?after=5&epoch=another"), 410, "Reset");
    }

    private static JsonNode answers(Wire.Answer answer, int status, String schema) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        return ProtocolSchemas.assertAnswer(schema, answer.body());
    }

    private static void problem(Wire.Answer answer, int status, String code) {
        assertThat(answer.contentType()).as(answer.toString()).isEqualTo("application/problem+json");
        assertThat(code(answers(answer, status, "Problem"))).isEqualTo(code);
    }

    private static String code(JsonNode node) {
        return node.path("code").asText();
    }

    private static boolean kind(JsonNode event, String kind) {
        return event.path("kind").asText().equals(kind);
    }

    private static String send(int ref, String key, String to, String text) {
        return "{\"type\":\"send\",\"ref\":" + ref + ",\"clientMessageId\":\"" + key + "\",\"to\":{" + to
                + "},\"body\":{\"kind\":\"text\",\"text\":\"" + text + "\"}}";
    }

    private static String about(String type, int ref, String conversation, String more) {
        return "{\"type\":\"" + type + "\",\"ref\":" + ref + ",\"clientMessageId\":\"k-" + ref
                + "\",\"conversation\":\"" + conversation + "\",\"seq\":1" + more + "}";
    }

    private static String message(String key, String to) {
        return "{\"clientMessageId\":\"" + key + "\",\"to\":{" + to + "},\"body\":{\"kind\":\"text\",\"text\":\"hi\"}}";
    }
}
