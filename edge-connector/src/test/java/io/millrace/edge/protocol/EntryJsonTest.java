package io.millrace.edge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.DeliveryTarget;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.JoinRule;
import io.millrace.schemas.record.Settings;
import io.millrace.schemas.record.SettingsChange;
import io.millrace.schemas.serde.RecordSerdes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Entries as devices see them. */
class EntryJsonTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant AT = Instant.ofEpochMilli(1_790_000_000_000L);

    /** Building a record that lists others asks Avro for their classes; an edge has its serdes long before. */
    @BeforeAll
    static void trustRecords() {
        assertThat(RecordSerdes.at("http://localhost:1")).isNotNull();
    }

    @Test
    void shouldSayWhatIsUnreadToEachOfSeveral() throws IOException {
        // Given
        byte[] shared = EntryJson.event(event(EventKind.BLOCKED).build(), false, false, 0);

        // When: numbers as large as they can be must fit too
        var frame = MAPPER.readTree(EntryFrames.frame(List.of(
                new EntryFrames.Entry(target(58, 3, 1, 9, false), shared),
                new EntryFrames.Entry(
                        target(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, true), shared))));

        // Then
        var first = frame.at("/entries/0");
        assertThat(first.get("unread").asLong()).isEqualTo(3);
        assertThat(first.get("unreadMentions").asLong()).isEqualTo(1);
        assertThat(first.get("totalUnread").asLong()).isEqualTo(9);
        assertThat(first.has("request")).isFalse();
        var second = frame.at("/entries/1");
        assertThat(second.get("totalUnread").asLong()).isEqualTo(Long.MAX_VALUE);
        assertThat(second.get("request").asBoolean()).isTrue();
    }

    @Test
    void shouldMarkAMessageOnlyWhereThereIsSomethingToMark() throws IOException {
        // Given
        var message = event(EventKind.MESSAGE).setSeq(3L).setMessageId("01J").setBody(utf8("{\"kind\":\"text\"}"));

        // When
        var plain = read(EntryJson.event(message.build(), false, false, 0));
        var marked = read(EntryJson.event(message.setMentionAll(true).build(), false, true, 0));

        // Then
        assertThat(plain.has("mentionAll")).isFalse();
        assertThat(plain.has("hidden")).isFalse();
        assertThat(plain.has("clientMessageId")).isFalse();
        assertThat(marked.get("mentionAll").asBoolean()).isTrue();
        assertThat(marked.get("hidden").asBoolean()).isTrue();
    }

    @Test
    void shouldTellWhoIsMutedAndUntilWhen() throws IOException {
        // When
        var some = read(EntryJson.event(
                event(EventKind.MUTED)
                        .setMuted(List.of("bob"))
                        .setMutedUntil(AT)
                        .build(),
                false,
                false,
                0));
        var lifted = read(EntryJson.event(event(EventKind.MUTED).build(), false, false, 0));

        // Then
        assertThat(some.toString())
                .isEqualTo("{\"kind\":\"muted\",\"users\":[\"bob\"],\"until\":1790000000000,\"by\":\"alice\"}");
        assertThat(lifted.toString()).isEqualTo("{\"kind\":\"muted\",\"users\":[],\"until\":null,\"by\":\"alice\"}");
    }

    @Test
    void shouldTellOfBlocksAndTheEndOfAGroup() throws IOException {
        assertThat(read(EntryJson.event(event(EventKind.BLOCKED).build(), false, false, 0))
                        .toString())
                .isEqualTo("{\"kind\":\"blocked\",\"by\":\"alice\"}");
        assertThat(read(EntryJson.event(event(EventKind.UNBLOCKED).build(), true, false, 0))
                        .toString())
                .isEqualTo("{\"kind\":\"unblocked\",\"by\":\"alice\",\"clientMessageId\":\"k\"}");
        assertThat(read(EntryJson.event(
                                event(EventKind.DISSOLVED)
                                        .setRemoved(List.of("alice", "bob"))
                                        .build(),
                                false,
                                false,
                                0))
                        .toString())
                .isEqualTo("{\"kind\":\"dissolved\",\"removed\":[\"alice\",\"bob\"],\"by\":\"alice\"}");
    }

    @Test
    void shouldTellAllSettingsAsTheyAre() throws IOException {
        // Given
        var settings =
                new Settings(true, false, true, 4L, utf8("{\"kind\":\"text\",\"text\":\"世\"}"), true, "Al", false);

        // When
        var changed = entry(EntryJson.settings(new SettingsChange("g:x", settings, 7L, "phone", "k", AT)));
        var cleared = entry(EntryJson.settings(new SettingsChange(
                "g:x", new Settings(false, false, false, 0L, utf8(""), false, "", false), null, null, null, AT)));

        // Then
        assertThat(changed.get("version").isNull()).isTrue();
        assertThat(changed.get("event").toString())
                .isEqualTo("{\"kind\":\"settings\",\"muted\":true,\"pinned\":false,\"hidden\":true,\"clearedSeq\":4,"
                        + "\"draft\":{\"kind\":\"text\",\"text\":\"世\"},\"contact\":true,\"alias\":\"Al\",\"invisible\":false,\"deletedSeq\":7,\"clientMessageId\":\"k\","
                        + "\"device\":\"phone\"}");
        assertThat(cleared.get("event").toString())
                .isEqualTo("{\"kind\":\"settings\",\"muted\":false,\"pinned\":false,\"hidden\":false,\"clearedSeq\":0,"
                        + "\"draft\":null,\"contact\":false,\"alias\":\"\",\"invisible\":false}");
    }

    @Test
    void shouldTellAMessageWithoutItsBodyWhenItHasExpired() throws IOException {
        // Given
        var message = event(EventKind.MESSAGE)
                .setSeq(3L)
                .setMessageId("m")
                .setBody(utf8("{\"kind\":\"text\",\"text\":\"brief\"}"))
                .setExpiresAt(AT)
                .setTargetVersion(4L)
                .setCounted(false)
                .setNotify(false)
                .build();

        // When
        var before = read(EntryJson.event(message, true, false, AT.toEpochMilli() - 1));
        var after = read(EntryJson.event(message, false, false, AT.toEpochMilli()));

        // Then
        assertThat(before.at("/body/text").asText()).isEqualTo("brief");
        assertThat(before.has("expired")).isFalse();
        assertThat(before.get("expiresAt").asLong()).isEqualTo(AT.toEpochMilli());
        assertThat(before.get("scheduled").asLong()).isEqualTo(4);
        assertThat(before.get("counted").asBoolean(true)).isFalse();
        assertThat(before.get("notify").asBoolean(true)).isFalse();
        assertThat(after.has("body")).isFalse();
        assertThat(after.has("scheduled")).isFalse();
        assertThat(after.get("expired").asBoolean()).isTrue();
    }

    @Test
    void shouldTellAnEditWithoutItsBodyWhenTheMessageHasExpired() throws IOException {
        // Given
        var edited = event(EventKind.EDITED)
                .setTargetSeq(3L)
                .setBody(utf8("{\"kind\":\"text\",\"text\":\"brief\"}"))
                .setExpiresAt(AT)
                .build();

        // Then
        assertThat(read(EntryJson.event(edited, false, false, AT.toEpochMilli() - 1))
                        .toString())
                .isEqualTo("{\"kind\":\"edited\",\"seq\":3,\"body\":{\"kind\":\"text\",\"text\":\"brief\"},"
                        + "\"by\":\"alice\"}");
        assertThat(read(EntryJson.event(edited, false, false, AT.toEpochMilli()))
                        .toString())
                .isEqualTo("{\"kind\":\"edited\",\"seq\":3,\"expired\":true,\"by\":\"alice\"}");
    }

    @Test
    void shouldKeepWhatIsToldOfAnExpiredMessageAndOfOneThatWaitsWithAnEnd() throws IOException {
        // Given
        var said = event(EventKind.MESSAGE)
                .setSeq(3L)
                .setMessageId("m")
                .setBody(utf8("{\"kind\":\"text\",\"text\":\"brief\"}"))
                .setReplyTo(2L)
                .setMentions(List.of("bob"))
                .setMentionAll(true)
                .setExpiresAt(AT);

        // When
        var expired = read(EntryJson.event(said.build(), false, false, AT.toEpochMilli()));
        var waiting = read(EntryJson.event(
                said.setKind(EventKind.SCHEDULED)
                        .setSeq(null)
                        .setMessageId(null)
                        .setDevice("phone")
                        .setSendAt(AT.minusSeconds(60))
                        .build(),
                true,
                false,
                0));

        // Then
        assertThat(expired.toString())
                .isEqualTo("{\"kind\":\"message\",\"seq\":3,\"messageId\":\"m\",\"from\":\"alice\",\"replyTo\":2,"
                        + "\"mentions\":[\"bob\"],\"mentionAll\":true,\"expiresAt\":1790000000000,\"expired\":true}");
        assertThat(waiting.toString())
                .isEqualTo("{\"kind\":\"scheduled\",\"body\":{\"kind\":\"text\",\"text\":\"brief\"},\"replyTo\":2,"
                        + "\"mentions\":[\"bob\"],\"mentionAll\":true,\"expiresAt\":1790000000000,"
                        + "\"sendAt\":1789999940000,\"by\":\"alice\",\"clientMessageId\":\"k\",\"device\":\"phone\"}");
    }

    @Test
    void shouldTellWhatWaitsAndWhatDoesNotAnyMore() throws IOException {
        assertThat(read(EntryJson.event(
                                event(EventKind.SCHEDULED)
                                        .setBody(utf8("{\"kind\":\"x\"}"))
                                        .setSendAt(AT)
                                        .build(),
                                true,
                                false,
                                0))
                        .toString())
                .isEqualTo("{\"kind\":\"scheduled\",\"body\":{\"kind\":\"x\"},\"replyTo\":null,\"mentions\":[],"
                        + "\"sendAt\":1790000000000,\"by\":\"alice\",\"clientMessageId\":\"k\"}");
        assertThat(read(EntryJson.event(
                                event(EventKind.UNSCHEDULED)
                                        .setTargetVersion(4L)
                                        .setCode("muted")
                                        .build(),
                                true,
                                false,
                                0))
                        .toString())
                .isEqualTo("{\"kind\":\"unscheduled\",\"scheduled\":4,\"code\":\"muted\",\"by\":\"alice\","
                        + "\"clientMessageId\":\"k\"}");
        assertThat(read(EntryJson.event(
                                event(EventKind.UNSCHEDULED)
                                        .setTargetVersion(4L)
                                        .build(),
                                true,
                                false,
                                0))
                        .has("code"))
                .isFalse();
    }

    @Test
    void shouldNameWhatChangedOfAGroupAndOfALink() throws IOException {
        assertThat(read(EntryJson.event(
                                event(EventKind.CONVERSATION)
                                        .setAnnouncement("Boots")
                                        .setJoinRule(JoinRule.OPEN)
                                        .build(),
                                false,
                                false,
                                0))
                        .toString())
                .isEqualTo(
                        "{\"kind\":\"conversation\",\"announcement\":\"Boots\",\"joinRule\":\"open\",\"by\":\"alice\"}");
        assertThat(read(EntryJson.event(event(EventKind.LINK).setLink("l").build(), false, false, 0))
                        .toString())
                .isEqualTo("{\"kind\":\"link\",\"link\":\"l\",\"until\":null,\"by\":\"alice\"}");
        assertThat(read(EntryJson.event(
                                event(EventKind.LINK)
                                        .setLink("l")
                                        .setLinkUntil(AT)
                                        .build(),
                                false,
                                false,
                                0))
                        .toString())
                .isEqualTo("{\"kind\":\"link\",\"link\":\"l\",\"until\":1790000000000,\"by\":\"alice\"}");
        assertThat(read(EntryJson.event(
                                event(EventKind.CONVERSATION)
                                        .setAnnouncement("")
                                        .setJoinRule(JoinRule.INVITATION)
                                        .setTitle("T")
                                        .build(),
                                false,
                                false,
                                0))
                        .toString())
                .isEqualTo("{\"kind\":\"conversation\",\"title\":\"T\",\"announcement\":\"\","
                        + "\"joinRule\":\"invitation\",\"by\":\"alice\"}");
    }

    @ParameterizedTest
    @EnumSource(EventKind.class)
    void shouldKeepPositionsConsecutiveWhateverTheKind(EventKind kind) throws IOException {
        // When
        var entry = entry(EntryJson.event(event(kind).build(), false, false, 0));

        // Then
        assertThat(entry.get("position").asLong()).isEqualTo(1);
        assertThat(entry.at("/event/kind").asText()).isNotEmpty();
    }

    private static ConversationEvent.Builder event(EventKind kind) {
        return ConversationEvent.newBuilder()
                .setConversation("g:x")
                .setVersion(5)
                .setLastSeq(3)
                .setStamp(1)
                .setAt(AT)
                .setHash(new Hash128(new byte[16]))
                .setFingerprint(new Hash128(new byte[16]))
                .setKind(kind)
                .setFrom("alice")
                .setClientMessageId("k");
    }

    private static JsonNode read(byte[] shared) throws IOException {
        return entry(shared).get("event");
    }

    private static JsonNode entry(byte[] shared) throws IOException {
        return MAPPER.readTree(EntryFrames.frame(List.of(new EntryFrames.Entry(target(1, 0, 0, 0, false), shared))));
    }

    private static DeliveryTarget target(long position, long unread, long mentions, long total, boolean request) {
        return new DeliveryTarget("bob", "s-1", position, unread, mentions, total, false, request);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
