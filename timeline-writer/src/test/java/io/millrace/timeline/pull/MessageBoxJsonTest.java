package io.millrace.timeline.pull;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.timeline.conversation.ConversationHead;
import io.millrace.timeline.conversation.ConversationRow;
import io.millrace.timeline.conversation.RowKind;
import io.millrace.timeline.conversation.StoredMessage;
import io.millrace.timeline.conversation.Traits;
import io.millrace.timeline.conversation.Visibility;
import io.millrace.timeline.log.LogBook;
import io.millrace.timeline.timeline.Counts;
import io.millrace.timeline.timeline.KeptSettings;
import io.millrace.timeline.timeline.TimelineRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What entries of the message box look like to whom. */
class MessageBoxJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Visibility ALL = Visibility.all(new ConversationHead(9, 9, 0, null, 0));

    @Test
    void shouldSayWhatIsUnreadAfterTheEntry() throws Exception {
        // Given
        var counted = row(RowKind.RECALLED, 1L, "alice", new Counts(3, 1, 7, true), null, false);
        var before = row(RowKind.RECALLED, 1L, "alice", null, null, false);

        // When
        var entry = entry("bob", counted, null);
        var old = entry("bob", before, null);

        // Then
        assertThat(entry.path("unread").asLong()).isEqualTo(3);
        assertThat(entry.path("unreadMentions").asLong()).isEqualTo(1);
        assertThat(entry.path("totalUnread").asLong()).isEqualTo(7);
        assertThat(entry.path("request").asBoolean()).isTrue();
        assertThat(old.has("unread")).as("not known: never said to be nothing").isFalse();
        assertThat(old.has("request")).isFalse();
    }

    @Test
    void shouldShowSettingsWithDraftAndDeletion() throws Exception {
        // Given
        var kept = new KeptSettings(true, false, true, 4, "{\"kind\":\"text\",\"text\":\"Well,\"}", true, "Al", false);
        var settings = row(RowKind.SETTINGS, null, "bob", new Counts(0, 0, 2, false), kept, false);
        var none = row(RowKind.SETTINGS, null, "bob", new Counts(0, 0, 2, false), KeptSettings.FIRST, false);

        // When
        var entry = entry("bob", settings, null);
        var first = entry("bob", none, null);

        // Then
        assertThat(entry.path("version").isNull()).isTrue();
        assertThat(entry.path("event"))
                .isEqualTo(JSON.readTree("{\"kind\":\"settings\",\"muted\":true,\"pinned\":false,\"hidden\":true,"
                        + "\"clearedSeq\":4,\"draft\":{\"kind\":\"text\",\"text\":\"Well,\"},\"contact\":true,\"alias\":\"Al\",\"invisible\":false,\"deletedSeq\":1,"
                        + "\"clientMessageId\":\"c-1\",\"device\":\"phone\"}"));
        assertThat(first.at("/event/draft").isNull()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKED", "UNBLOCKED"})
    void shouldShowBlocksToTheOneWhoBlocksAlone(RowKind kind) throws Exception {
        // Given
        var block = row(kind, 2L, "alice", null, null, false);

        // When
        var own = entry("alice", block, null).path("event");
        var other = entry("bob", block, null).path("event");

        // Then
        assertThat(own.path("kind").asText()).isEqualTo(kind.wireName());
        assertThat(own.path("by").asText()).isEqualTo("alice");
        assertThat(other).isEqualTo(JSON.readTree("{\"kind\":\"unreadable\"}"));
    }

    @Test
    void shouldShowMutesAndTheirEnd() throws Exception {
        // Given
        var muted = row(RowKind.MUTED, 2L, "alice", null, null, false);

        // When
        var begun = entry("bob", muted, event(RowKind.MUTED, List.of(), List.of("bob"), 500L));
        var ended = entry("bob", muted, event(RowKind.MUTED, List.of(), List.of(), null));

        // Then
        assertThat(begun.path("event"))
                .isEqualTo(JSON.readTree("{\"kind\":\"muted\",\"users\":[\"bob\"],\"until\":500,\"by\":\"alice\"}"));
        assertThat(ended.path("event"))
                .isEqualTo(JSON.readTree("{\"kind\":\"muted\",\"users\":[],\"until\":null,\"by\":\"alice\"}"));
    }

    @Test
    void shouldShowDissolutionToThoseWhomItRemoved() throws Exception {
        // Given
        var dissolved = row(RowKind.DISSOLVED, 2L, "alice", null, null, false);

        // When
        var entry = entry("bob", dissolved, event(RowKind.DISSOLVED, List.of("alice", "bob"), List.of(), null));

        // Then
        assertThat(entry.path("event"))
                .isEqualTo(JSON.readTree("{\"kind\":\"dissolved\",\"removed\":[\"alice\",\"bob\"],\"by\":\"alice\"}"));
    }

    @Test
    void shouldMarkMentionOfEverybodyAndHiddenAuthorOnlyWhereSo() throws Exception {
        // Given
        var hidden = row(RowKind.MESSAGE, 1L, "alice", null, null, true);
        var plain = row(RowKind.MESSAGE, 1L, "alice", null, null, false);

        // When
        var marked = event("bob", hidden, slice(message(true), null));
        var other = event("bob", plain, slice(message(false), null));
        var listed = JSON.readTree(JsonPage.bytes(out -> MessageJson.write(out, "bob", 1, message(true), ALL, true)));

        // Then
        assertThat(marked.path("mentionAll").asBoolean()).isTrue();
        assertThat(marked.path("hidden").asBoolean()).isTrue();
        assertThat(listed.path("mentionAll").asBoolean()).isTrue();
        assertThat(listed.path("hidden").asBoolean()).isTrue();
        assertThat(other.has("mentionAll")).isFalse();
        assertThat(other.has("hidden")).isFalse();
    }

    private static JsonNode entry(String viewer, TimelineRow row, ConversationRow.@Nullable Event event)
            throws Exception {
        return page(viewer, row, slice(null, event));
    }

    private static JsonNode event(String viewer, TimelineRow row, Slice slice) throws Exception {
        return page(viewer, row, slice).path("event");
    }

    private static JsonNode page(String viewer, TimelineRow row, Slice slice) throws JsonProcessingException {
        var page = new TimelinePage(viewer, 0, rows -> Map.of("g:club", slice));
        page.fill(List.of(row), 1);
        return JSON.readTree(new String(page.parts().parts().get(0), StandardCharsets.UTF_8));
    }

    private static Slice slice(@Nullable StoredMessage message, ConversationRow.@Nullable Event event) {
        return new Slice(
                ALL, message == null ? Map.of() : Map.of(1L, message), event == null ? Map.of() : Map.of(2L, event));
    }

    private static TimelineRow row(
            RowKind kind,
            @Nullable Long version,
            String from,
            @Nullable Counts counts,
            @Nullable KeptSettings settings,
            boolean hidden) {
        return new TimelineRow(
                "bob",
                LogBook.EPOCH,
                1,
                0,
                kind,
                "g:club",
                version,
                1L,
                from,
                "phone",
                "c-1",
                0,
                0,
                null,
                counts,
                settings,
                hidden);
    }

    private static ConversationRow.Event event(
            RowKind kind, List<String> removed, List<String> muted, @Nullable Long untilMs) {
        return new ConversationRow.Event(
                "g:club", 0, 2, kind, null, 1, "alice", null, null, 0, null, false, Map.of(), removed, null, muted,
                untilMs, null, null);
    }

    private static StoredMessage message(boolean mentionAll) {
        return new StoredMessage(
                1,
                1,
                "m1",
                "alice",
                "phone",
                "c",
                0,
                LogBook.body("hi"),
                null,
                null,
                List.of(),
                0,
                0,
                0,
                0,
                null,
                Map.of(),
                mentionAll,
                Traits.NONE);
    }
}
