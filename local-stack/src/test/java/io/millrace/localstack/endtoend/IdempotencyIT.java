package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.localstack.SharedStack;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One key is one command, over whatever connection, edge or transport it comes. */
@Timeout(120)
final class IdempotencyIT {
    private final SharedStack stack = SharedStack.running();
    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String key = Names.key();

    @Test
    void shouldGiveTheFirstDecisionAgainOverAnotherEdgeAndOverHttp() {
        // Given
        JsonNode first;
        try (RawSocket socket = RawSocket.welcomed(stack.edge(0), alice, "phone")) {
            socket.send(send(bob, key, "once"));
            first = socket.next("posted");
        }

        // When
        JsonNode second;
        try (RawSocket socket = RawSocket.welcomed(stack.edge(1), alice, "laptop")) {
            socket.send(send(bob, key, "once"));
            second = socket.next("posted");
        }
        RawHttp.Answer third = RawHttp.of(stack.edge(0), alice).post("/v1/messages", message(bob, key, "once"));

        // Then
        assertThat(first.path("duplicate").asBoolean()).isFalse();
        assertThat(third.status()).as("%s", third).isEqualTo(200);
        for (JsonNode retry : List.of(second, third.body())) {
            assertThat(retry.get("duplicate").booleanValue()).isTrue();
            for (String field : List.of("conversation", "seq", "version", "messageId", "at", "clientMessageId")) {
                assertThat(retry.get(field)).as(field).isEqualTo(first.get(field));
            }
        }
        assertThat(timelineOf(bob, 1).get("entries")).hasSize(1);
    }

    @Test
    void shouldGiveARejectionAgainToo() {
        // Given
        String group = createGroup(Names.user("owner"), List.of(bob));
        String frame =
                "{\"type\":\"send\",\"ref\":1," + toConversation(group, key).substring(1);
        JsonNode first;
        try (RawSocket socket = RawSocket.welcomed(stack.edge(0), alice, "phone")) {
            socket.send(frame);
            first = socket.next("rejected");
        }

        // When
        JsonNode second;
        try (RawSocket socket = RawSocket.welcomed(stack.edge(1), alice, "phone")) {
            socket.send(frame);
            second = socket.next("rejected");
        }
        RawHttp.Answer third = RawHttp.of(stack.edge(1), alice).post("/v1/messages", toConversation(group, key));

        // Then
        assertThat(first.get("code").textValue()).isEqualTo("not_found");
        assertThat(first.path("duplicate").asBoolean()).isFalse();
        assertThat(second.get("code").textValue()).isEqualTo("not_found");
        assertThat(second.get("duplicate").booleanValue()).isTrue();
        assertThat(third.status()).isEqualTo(404);
        assertThat(third.code()).isEqualTo("not_found");
    }

    @Test
    void shouldGiveARejectionAgainToWhoHasJoinedSince() {
        // Given
        String owner = Names.user("owner");
        String group = createGroup(owner, List.of(bob));
        RawHttp http = RawHttp.of(stack.edge(0), alice);
        RawHttp.Answer first = http.post("/v1/messages", toConversation(group, key));
        RawHttp.Answer added = RawHttp.of(stack.edge(1), owner)
                .post(
                        "/v1/conversations/" + group + "/members",
                        "{\"clientMessageId\":\"" + Names.key() + "\",\"users\":[\"" + alice + "\"]}");

        // When
        JsonNode again;
        JsonNode anew;
        try (RawSocket socket = RawSocket.welcomed(stack.edge(1), alice, "phone")) {
            socket.send(
                    "{\"type\":\"send\",\"ref\":1," + toConversation(group, key).substring(1));
            again = socket.next("rejected");
            socket.send("{\"type\":\"send\",\"ref\":2,"
                    + toConversation(group, Names.key()).substring(1));
            anew = socket.next("posted");
        }

        // Then
        assertThat(first.status()).as("%s", first).isEqualTo(404);
        assertThat(added.status()).as("%s", added).isEqualTo(200);
        assertThat(again.get("code").textValue()).isEqualTo("not_found");
        assertThat(again.get("duplicate").booleanValue()).isTrue();
        assertThat(anew.get("seq").longValue()).isEqualTo(1);
        assertThat(anew.path("duplicate").asBoolean()).isFalse();
    }

    @Test
    void shouldRejectOtherContentUnderTheSameKey() {
        // Given
        try (RawSocket socket = RawSocket.welcomed(stack.edge(0), alice, "phone")) {
            socket.send(send(bob, key, "one"));
            socket.next("posted");

            // When
            socket.send(send(bob, key, "another"));
            JsonNode rejected = socket.next("rejected");
            RawHttp.Answer overHttp = RawHttp.of(stack.edge(1), alice).post("/v1/messages", message(bob, key, "third"));

            // Then
            assertThat(rejected.get("code").textValue()).isEqualTo("conflict");
            assertThat(overHttp.status()).isEqualTo(409);
            assertThat(overHttp.code()).isEqualTo("conflict");
        }
        assertThat(timelineOf(bob, 1).get("entries")).hasSize(1);
    }

    @Test
    void shouldPostInBothConversationsWhenTheKeyIsTheSame() {
        // Given
        String carol = Names.user("carol");

        // When
        RawHttp http = RawHttp.of(stack.edge(0), alice);
        RawHttp.Answer toBob = http.post("/v1/messages", message(bob, key, "same key"));
        RawHttp.Answer toCarol = http.post("/v1/messages", message(carol, key, "same key"));

        // Then
        assertThat(toBob.status()).as("%s", toBob).isEqualTo(200);
        assertThat(toCarol.status()).as("%s", toCarol).isEqualTo(200);
        assertThat(toCarol.body().path("duplicate").asBoolean()).isFalse();
        assertThat(toCarol.body().get("messageId")).isNotEqualTo(toBob.body().get("messageId"));
    }

    @Test
    void shouldTellTheUserItselfFromItsNamesakeKey() {
        // When
        RawHttp.Answer mine = RawHttp.of(stack.edge(0), alice).post("/v1/messages", message(bob, key, "mine"));
        RawHttp.Answer yours = RawHttp.of(stack.edge(0), bob).post("/v1/messages", message(alice, key, "yours"));

        // Then
        assertThat(mine.body().get("seq").longValue()).isEqualTo(1);
        assertThat(yours.body().get("seq").longValue()).isEqualTo(2);
        assertThat(yours.body().path("duplicate").asBoolean()).isFalse();
    }

    @Test
    void shouldMakeOneGroupWhenItIsCreatedTwiceOverTwoEdges() {
        // Given
        String body = groupBody(key, List.of(bob));

        // When
        JsonNode first = created(RawHttp.of(stack.edge(0), alice), body);
        JsonNode second = created(RawHttp.of(stack.edge(1), alice), body);

        // Then
        assertThat(first.get("conversation").textValue()).startsWith("g:");
        assertThat(second.get("conversation")).isEqualTo(first.get("conversation"));
        assertThat(second.get("version")).isEqualTo(first.get("version"));
        JsonNode timeline = timelineOf(bob, 1);
        assertThat(timeline.get("entries")).hasSize(1);
        assertThat(timeline.get("entries").get(0).get("event").get("kind").textValue())
                .isEqualTo("members");
    }

    private String createGroup(String owner, List<String> members) {
        return created(RawHttp.of(stack.edge(0), owner), groupBody(Names.key(), members))
                .get("conversation")
                .textValue();
    }

    static JsonNode created(RawHttp http, String body) {
        RawHttp.Answer answer = await().atMost(Device.PATIENCE)
                .until(() -> http.post("/v1/conversations", body), each -> each.status() != 202);
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.body();
    }

    static String groupBody(String key, List<String> members) {
        return "{\"clientMessageId\":\"" + key + "\",\"kind\":\"group\",\"title\":\"team\",\"members\":[\""
                + String.join("\",\"", members) + "\"]}";
    }

    private JsonNode timelineOf(String user, long atLeast) {
        RawHttp.Answer answer = RawHttp.of(stack.edge(1), user).get("/v1/timeline?after=0&atLeast=" + atLeast);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.body();
    }

    private static String send(String to, String key, String text) {
        return "{\"type\":\"send\",\"ref\":1," + message(to, key, text).substring(1);
    }

    private static String message(String to, String key, String text) {
        return "{\"clientMessageId\":\"" + key + "\",\"to\":{\"user\":\"" + to
                + "\"},\"body\":{\"kind\":\"text\",\"text\":\"" + text + "\"}}";
    }

    private static String toConversation(String conversation, String key) {
        return "{\"clientMessageId\":\"" + key + "\",\"to\":{\"conversation\":\"" + conversation
                + "\"},\"body\":{\"kind\":\"text\",\"text\":\"let me in\"}}";
    }
}
