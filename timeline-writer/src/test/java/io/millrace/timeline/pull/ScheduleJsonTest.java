package io.millrace.timeline.pull;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.timeline.conversation.ConversationHead;
import io.millrace.timeline.conversation.ConversationRow;
import io.millrace.timeline.conversation.MemberChange;
import io.millrace.timeline.conversation.RowKind;
import io.millrace.timeline.conversation.StoredMessage;
import io.millrace.timeline.conversation.Traits;
import io.millrace.timeline.conversation.Visibility;
import io.millrace.timeline.conversation.WaitingMessage;
import io.millrace.timeline.log.LogBook;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What messages that wait or end, links and announcements look like to whom. */
class ScheduleJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ConversationHead HEAD = new ConversationHead(9, 9, 0, null, 0);
    private static final Visibility ALL = Visibility.all(HEAD);

    @Test
    void shouldShowAWaitingMessageWithItsTimesToItsAuthor() throws Exception {
        // Given
        var slice = slice(event(RowKind.SCHEDULED, "{\"sendAt\":700}"), waiting(LogBook.body("later")));

        // When
        var own = event("alice", RowKind.SCHEDULED, true, slice);

        // Then
        assertThat(own)
                .isEqualTo(JSON.readTree("{\"kind\":\"scheduled\",\"body\":{\"kind\":\"text\",\"text\":\"later\"},"
                        + "\"replyTo\":3,\"mentions\":[\"bob\"],\"mentionAll\":true,\"expiresAt\":900,\"sendAt\":700,"
                        + "\"by\":\"alice\",\"clientMessageId\":\"c-1\",\"device\":\"phone\"}"));
    }

    @Test
    void shouldShowNoBodyOfAWaitingMessageThatIsOverOrHasEnded() throws Exception {
        // Given
        var over = slice(event(RowKind.SCHEDULED, "{\"sendAt\":700}"), null);
        var ended = slice(event(RowKind.SCHEDULED, "{\"sendAt\":700}"), waiting(null));

        // When
        var afterwards = event("alice", RowKind.SCHEDULED, true, over);
        var late = event("alice", RowKind.SCHEDULED, true, ended);

        // Then
        assertThat(afterwards.path("over").asBoolean()).isTrue();
        assertThat(afterwards.path("sendAt").asLong()).isEqualTo(700);
        assertThat(afterwards.has("body")).isFalse();
        assertThat(late.path("expired").asBoolean()).isTrue();
        assertThat(late.has("body")).isFalse();
    }

    @Test
    void shouldSayWhyAWaitingMessageIsOver() throws Exception {
        // When
        var taken =
                event("alice", RowKind.UNSCHEDULED, true, slice(event(RowKind.UNSCHEDULED, "{\"scheduled\":4}"), null));
        var refused = event(
                "alice",
                RowKind.UNSCHEDULED,
                true,
                slice(event(RowKind.UNSCHEDULED, "{\"scheduled\":4,\"code\":\"forbidden\"}"), null));

        // Then
        assertThat(taken.path("scheduled").asLong()).isEqualTo(4);
        assertThat(taken.has("code")).isFalse();
        assertThat(taken.path("by").asText()).isEqualTo("alice");
        assertThat(refused.path("code").asText()).isEqualTo("forbidden");
    }

    @Test
    void shouldTellWhatOneTookBackAfterOneHasLeft() throws Exception {
        // Given: alice left at version 1, the event has version 2
        var left = Visibility.of(
                List.of(new MemberChange("alice", 1, true, "MEMBER", 0), new MemberChange("alice", 1, false, "", 0)),
                HEAD);
        var slice = new Slice(left, Map.of(), Map.of(2L, event(RowKind.UNSCHEDULED, "{\"scheduled\":1}")), Map.of());

        // When
        var own = event("alice", RowKind.UNSCHEDULED, true, slice);
        var message = event("alice", RowKind.CONVERSATION, true, slice);

        // Then
        assertThat(own.path("scheduled").asLong()).isEqualTo(1);
        assertThat(message).isEqualTo(JSON.readTree("{\"kind\":\"unreadable\"}"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SCHEDULED", "UNSCHEDULED", "LINK"})
    void shouldShowNothingOfWhatBelongsToOthers(RowKind kind) throws Exception {
        // When
        var other = event("bob", kind, false, slice(event(kind, "{\"scheduled\":4}"), waiting(LogBook.body("x"))));

        // Then
        assertThat(other).isEqualTo(JSON.readTree("{\"kind\":\"unreadable\"}"));
    }

    @Test
    void shouldShowLinksToThoseWhoRunTheGroup() throws Exception {
        // Given
        var made = slice(event(RowKind.LINK, "{\"link\":\"l1\",\"until\":800}"), null);
        var revoked = slice(event(RowKind.LINK, "{\"link\":\"l1\",\"until\":null}"), null);

        // Then
        assertThat(event("bob", RowKind.LINK, true, made))
                .isEqualTo(JSON.readTree("{\"kind\":\"link\",\"link\":\"l1\",\"until\":800,\"by\":\"alice\"}"));
        assertThat(event("bob", RowKind.LINK, true, revoked).path("until").isNull())
                .isTrue();
        assertThat(event("bob", RowKind.SCHEDULED, true, slice(null, null))
                        .path("kind")
                        .asText())
                .as("running the group does not open what waits")
                .isEqualTo("unreadable");
    }

    @Test
    void shouldNameOnlyWhatChangedOfAGroup() throws Exception {
        // When
        var announced = event(
                "bob",
                RowKind.CONVERSATION,
                true,
                slice(event(RowKind.CONVERSATION, "{\"announcement\":\"\",\"joinRule\":\"open\"}"), null));

        // Then
        assertThat(announced)
                .isEqualTo(JSON.readTree(
                        "{\"kind\":\"conversation\",\"announcement\":\"\",\"joinRule\":\"open\",\"by\":\"alice\"}"));
    }

    @Test
    void shouldSayHowAMessageIsTreatedWhereThatIsUnusual() throws Exception {
        // Given
        var unusual = message(new Traits(900, false, true, true, 4), LogBook.body("hi"));

        // When
        var own = posted("alice", unusual);
        var other = posted("bob", unusual);
        var usual = posted("alice", message(Traits.NONE, LogBook.body("hi")));

        // Then
        for (var shown : List.of(own, other, listed("bob", unusual))) {
            assertThat(shown.path("expiresAt").asLong()).isEqualTo(900);
            assertThat(shown.path("counted").asBoolean(true)).isFalse();
            assertThat(shown.path("notify").asBoolean(true)).isFalse();
            assertThat(shown.at("/body/text").asText()).isEqualTo("hi");
        }
        assertThat(own.path("scheduled").asLong()).isEqualTo(4);
        assertThat(listed("alice", unusual).path("scheduled").asLong()).isEqualTo(4);
        assertThat(other.has("scheduled")).isFalse();
        assertThat(listed("bob", unusual).has("scheduled")).isFalse();
        assertThat(usual.properties())
                .extracting(Map.Entry::getKey)
                .doesNotContain("expiresAt", "counted", "notify", "scheduled", "expired");
    }

    @Test
    void shouldShowAnExpiredMessageWithoutItsBody() throws Exception {
        // Given: the store has the body still
        var expired = message(new Traits(900, true, false, false, 0), LogBook.body("burnt"));
        var gone = message(new Traits(900, true, false, false, 0), null);

        // Then
        for (var shown : List.of(posted("bob", expired), listed("bob", expired), posted("bob", gone))) {
            assertThat(shown.path("expired").asBoolean()).isTrue();
            assertThat(shown.path("expiresAt").asLong()).isEqualTo(900);
            assertThat(shown.has("body")).isFalse();
            assertThat(shown.has("recalled")).isFalse();
            assertThat(shown.path("replyTo").asLong()).isEqualTo(3);
            assertThat(shown.path("mentions").path(0).asText()).isEqualTo("bob");
            assertThat(shown.toString()).doesNotContain("burnt");
        }
        assertThat(write("bob", RowKind.EDITED, true, messages(expired)).toString())
                .contains("\"expired\":true")
                .doesNotContain("burnt");
    }

    private static JsonNode posted(String viewer, StoredMessage message) throws Exception {
        return write(viewer, RowKind.MESSAGE, true, messages(message));
    }

    private static JsonNode listed(String viewer, StoredMessage message) throws Exception {
        return JSON.readTree(JsonPage.bytes(out -> MessageJson.write(out, viewer, 1, message, ALL, false)));
    }

    private static JsonNode event(String viewer, RowKind kind, boolean told, Slice slice) throws Exception {
        return write(viewer, kind, told, slice);
    }

    private static JsonNode write(String viewer, RowKind kind, boolean told, Slice slice) throws Exception {
        var facts = new EventFacts(kind, 2L, 1L, "alice", "phone", "c-1", null, false, told);
        return JSON.readTree(JsonPage.bytes(out -> EventJson.write(out, viewer, facts, slice)));
    }

    private static Slice messages(StoredMessage message) {
        return new Slice(ALL, Map.of(1L, message), Map.of());
    }

    private static Slice slice(ConversationRow.@Nullable Event event, @Nullable WaitingMessage waiting) {
        return new Slice(
                ALL,
                Map.of(),
                event == null ? Map.of() : Map.of(2L, event),
                waiting == null ? Map.of() : Map.of(2L, waiting));
    }

    private static WaitingMessage waiting(@Nullable ByteBuffer body) {
        return new WaitingMessage(2, 5, 700, 900, "c-1", body, null, 3L, List.of("bob"), true);
    }

    private static ConversationRow.Event event(RowKind kind, String details) {
        return new ConversationRow.Event(
                "g:club", 0, 2, kind, null, 1, "alice", null, null, 0, null, false, Map.of(), List.of(), null,
                List.of(), null, details, null);
    }

    private static StoredMessage message(Traits traits, @Nullable ByteBuffer body) {
        return new StoredMessage(
                1,
                1,
                "m1",
                "alice",
                "phone",
                "c",
                0,
                body,
                null,
                3L,
                List.of("bob"),
                0,
                0,
                0,
                0,
                null,
                Map.of(),
                false,
                traits);
    }
}
