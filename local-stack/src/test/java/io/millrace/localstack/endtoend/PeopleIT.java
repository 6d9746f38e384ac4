package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.localstack.SharedStack;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Joining by a link, contacts that roam, and who is there. */
@Timeout(120)
final class PeopleIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SharedStack stack = SharedStack.running();
    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String conversation = Names.direct(alice, bob);
    private final RawHttp asAlice = RawHttp.of(stack.edge(0), alice);
    private final RawHttp asBob = RawHttp.of(stack.edge(1), bob);

    @Test
    void shouldJoinAGroupByItsLinkAndSeeWhatIsSaidFromThenOn() {
        // Given
        var made = asAlice.post(
                "/v1/conversations",
                "{\"clientMessageId\":\"g-1\",\"kind\":\"group\",\"title\":\"Trip\",\"members\":[]}");
        var group = made.body().path("conversation").asText();
        asAlice.post(
                "/v1/messages",
                "{\"clientMessageId\":\"m-1\",\"to\":{\"conversation\":\"" + group
                        + "\"},\"body\":{\"kind\":\"text\",\"text\":\"before\"}}");
        var link = asAlice.post(
                "/v1/conversations/" + group + "/links",
                "{\"clientMessageId\":\"l-1\",\"until\":" + (System.currentTimeMillis() + 600_000) + "}");

        // When
        var uninvited = join(group, "j-1", null);
        var guessed = join(group, "j-2", "abcdefghijklmnopqrstuv");
        var joined = join(group, "j-3", link.body().path("link").asText());

        // Then
        assertThat(link.status()).isEqualTo(200);
        assertThat(uninvited.status()).isEqualTo(404);
        assertThat(guessed.status()).isEqualTo(404);
        assertThat(joined.status()).isEqualTo(200);
        long version = joined.body().path("version").asLong();
        assertThat(messages(asBob, group, version)).isEmpty();
        asAlice.post(
                "/v1/messages",
                "{\"clientMessageId\":\"m-2\",\"to\":{\"conversation\":\"" + group
                        + "\"},\"body\":{\"kind\":\"text\",\"text\":\"welcome\"}}");
        assertThat(messages(asBob, group, version + 1).findValuesAsText("text")).containsExactly("welcome");
        assertThat(details(asAlice, group, version).path("links")).hasSize(1);
        assertThat(details(asBob, group, version).has("links")).isFalse();

        // When
        var id = link.body().path("id").asText();
        asAlice.delete("/v1/conversations/" + group + "/links/" + id + "?clientMessageId=l-2");
        asAlice.delete("/v1/conversations/" + group + "/members/" + bob + "?clientMessageId=x-1");

        // Then
        assertThat(join(group, "j-4", link.body().path("link").asText()).status())
                .isEqualTo(403);
    }

    @Test
    void shouldShowAnnouncementAndJoinRuleToMembers() {
        // Given
        var group = asAlice.post(
                        "/v1/conversations",
                        "{\"clientMessageId\":\"g-1\",\"kind\":\"group\",\"title\":\"Trip\",\"members\":[\"" + bob
                                + "\"]}")
                .body()
                .path("conversation")
                .asText();

        try (var bobs = RawSocket.welcomed(stack.edge(1), bob, "phone")) {
            // When
            var changed = asAlice.patch(
                    "/v1/conversations/" + group,
                    "{\"clientMessageId\":\"p-1\",\"announcement\":\"Boots!\",\"joinRule\":\"open\"}");
            var told = bobs.entry(entry -> entry.at("/event/kind").asText().equals("conversation"));

            // Then
            assertThat(changed.status()).isEqualTo(200);
            assertThat(told.at("/event/announcement").asText()).isEqualTo("Boots!");
            assertThat(told.at("/event/joinRule").asText()).isEqualTo("open");
            var details = details(asBob, group, told.path("version").asLong());
            assertThat(details.path("announcement").asText()).isEqualTo("Boots!");
            assertThat(details.path("joinRule").asText()).isEqualTo("open");
            assertThat(details.path("title").asText()).isEqualTo("Trip");
        }
    }

    @Test
    void shouldSyncContactsByWhatChanged() {
        try (var phone = RawSocket.welcomed(stack.edge(0), alice, "phone");
                var laptop = RawSocket.welcomed(stack.edge(1), alice, "laptop")) {
            // When
            phone.send("{\"type\":\"settings\",\"clientMessageId\":\"c-1\",\"conversation\":\"" + conversation
                    + "\",\"contact\":true,\"alias\":\"Bobby\"}");
            phone.next("posted");
            var told = laptop.entry(entry -> entry.at("/event/kind").asText().equals("settings"));

            // Then
            assertThat(told.at("/event/alias").asText()).isEqualTo("Bobby");
            await().atMost(PATIENCE)
                    .until(() -> contacts(0).at("/0/alias").asText().equals("Bobby"));
            assertThat(asAlice.get("/v1/conversations").body().get("conversations"))
                    .isEmpty();

            // When
            long position = told.path("position").asLong();
            phone.send("{\"type\":\"settings\",\"clientMessageId\":\"c-2\",\"conversation\":\"" + conversation
                    + "\",\"contact\":false,\"alias\":\"\"}");
            phone.next("posted");

            // Then
            await().atMost(PATIENCE).until(() -> contacts(position).size() == 1);
            assertThat(contacts(position).at("/0/contact").asBoolean()).isFalse();
            assertThat(contacts(0)).isEmpty();
            assertThat(contacts(position + 1)).isEmpty();
        }
    }

    @Test
    void shouldTellWhoIsThereToWhoeverSharesAConversation() {
        try (var alices = RawSocket.welcomed(stack.edge(0), alice, "phone");
                var stranger = RawSocket.welcomed(stack.edge(0), Names.user("eve"), "phone")) {
            // Given
            asAlice.post(
                    "/v1/messages",
                    "{\"clientMessageId\":\"m-1\",\"to\":{\"user\":\"" + bob
                            + "\"},\"body\":{\"kind\":\"text\",\"text\":\"hello\"}}");
            var question = "{\"type\":\"presence\",\"conversation\":\"" + conversation + "\"}";

            // When
            stranger.send(question);
            alices.send(question);
            var away = alices.next("presence");
            try (var bobs = RawSocket.welcomed(stack.edge(1), bob, "phone")) {
                var there = alices.next("presence");
                bobs.send("{\"type\":\"settings\",\"clientMessageId\":\"i-1\",\"conversation\":\"d:" + bob + ":" + bob
                        + "\",\"invisible\":true}");
                bobs.next("posted");
                var hidden = alices.next("presence");

                // Then
                assertThat(away.path("state").asText()).isEqualTo("offline");
                assertThat(away.path("user").asText()).isEqualTo(bob);
                assertThat(there.path("state").asText()).isEqualTo("online");
                assertThat(there.path("since").asLong()).isPositive();
                assertThat(hidden.path("state").asText()).isEqualTo("offline");
                assertThat(hidden.has("since")).isFalse();
            }
            stranger.send("{\"type\":\"ping\",\"ref\":9}");
            assertThat(stranger.any().path("type").asText()).isEqualTo("pong");
        }
    }

    private RawHttp.Answer join(String group, String key, String link) {
        return asBob.post(
                "/v1/conversations/" + group + "/join",
                "{\"clientMessageId\":\"" + key + "\"" + (link == null ? "" : ",\"link\":\"" + link + "\"") + "}");
    }

    private static JsonNode messages(RawHttp http, String group, long version) {
        return http.get("/v1/conversations/" + group + "/messages?atLeast=" + version)
                .body()
                .path("messages");
    }

    private static JsonNode details(RawHttp http, String group, long version) {
        return http.get("/v1/conversations/" + group + "?atLeast=" + version).body();
    }

    private JsonNode contacts(long after) {
        return asAlice.get("/v1/contacts?after=" + after).body().path("contacts");
    }
}
