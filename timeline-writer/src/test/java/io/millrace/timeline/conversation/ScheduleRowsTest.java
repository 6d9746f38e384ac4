package io.millrace.timeline.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.JoinRule;
import io.millrace.timeline.log.LogBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows of messages that wait or end, and of what holds of a group. */
class ScheduleRowsTest {
    private static final Instant AT = Instant.ofEpochMilli(1_790_000_000_000L);

    @Test
    void shouldGiveABodyThatEndsARowOfItsOwn() {
        // When
        var rows = rows(event(EventKind.MESSAGE).setSeq(3L).setMessageId("m").setExpiresAt(AT));
        var kept = rows(event(EventKind.MESSAGE).setSeq(3L).setMessageId("m"));

        // Then
        assertThat(rows)
                .filteredOn(ConversationRow.Body.class::isInstance)
                .singleElement()
                .satisfies(row -> {
                    var body = (ConversationRow.Body) row;
                    assertThat(body.seq()).isEqualTo(3);
                    assertThat(body.expiresAtMs()).isEqualTo(AT.toEpochMilli());
                    assertThat(body.body().remaining()).isPositive();
                    assertThat(body.toString()).doesNotContain("secret");
                });
        assertThat(kept).noneMatch(ConversationRow.Body.class::isInstance);
    }

    @Test
    void shouldKeepTheEndOfAMessageThatIsEdited() {
        // When
        var rows = rows(event(EventKind.EDITED).setTargetSeq(3L).setExpiresAt(AT));

        // Then
        assertThat(rows)
                .filteredOn(ConversationRow.Edited.class::isInstance)
                .extracting(row -> ((ConversationRow.Edited) row).expiresAtMs())
                .containsExactly(AT.toEpochMilli());
    }

    @Test
    void shouldKeepAWaitingMessageOfItsAuthorUntilItIsPostedOrTakenBack() {
        // When
        var waits = rows(event(EventKind.SCHEDULED).setSendAt(AT));
        var posted = rows(event(EventKind.MESSAGE).setSeq(3L).setMessageId("m").setTargetVersion(5L));
        var taken = rows(event(EventKind.UNSCHEDULED).setTargetVersion(5L));

        // Then
        assertThat(waits)
                .filteredOn(ConversationRow.Scheduled.class::isInstance)
                .singleElement()
                .satisfies(row -> {
                    var scheduled = (ConversationRow.Scheduled) row;
                    assertThat(scheduled.user()).isEqualTo("alice");
                    assertThat(scheduled.message().version()).isEqualTo(7);
                    assertThat(scheduled.message().sendAtMs()).isEqualTo(AT.toEpochMilli());
                    assertThat(scheduled.toString()).doesNotContain("secret");
                });
        for (var rows : List.of(posted, taken)) {
            assertThat(rows)
                    .filteredOn(ConversationRow.ScheduleOver.class::isInstance)
                    .extracting(row -> ((ConversationRow.ScheduleOver) row).version())
                    .containsExactly(5L);
        }
    }

    @Test
    void shouldKeepNoBodyInTheRowOfTheEvent() {
        assertThat(rows(event(EventKind.SCHEDULED).setSendAt(AT)).get(0).toString())
                .contains("1790000000000")
                .doesNotContain("secret");
    }

    @Test
    void shouldKeepWhatHoldsOfAGroupByVersion() {
        // When
        var rows = new ArrayList<ConversationRow>();
        rows.addAll(rows(event(EventKind.CONVERSATION).setAnnouncement("Boots").setJoinRule(JoinRule.OPEN)));
        rows.addAll(rows(event(EventKind.LINK).setVersion(8L).setLink("l").setLinkUntil(AT)));
        rows.addAll(rows(event(EventKind.LINK).setVersion(9L).setLink("l")));
        var facts = rows.stream()
                .filter(ConversationRow.Holds.class::isInstance)
                .map(row -> ((ConversationRow.Holds) row).fact())
                .toList();

        // Then
        assertThat(Fact.at(6, facts)).isEmpty();
        assertThat(Fact.at(8, facts))
                .containsEntry(Fact.ANNOUNCEMENT, "Boots")
                .containsEntry(Fact.JOIN_RULE, "open")
                .containsEntry(Fact.LINK + "l", "1790000000000");
        assertThat(Fact.at(9, facts)).containsEntry(Fact.LINK + "l", "0");
    }

    private static List<ConversationRow> rows(ConversationEvent.Builder event) {
        var rows = new ArrayList<ConversationRow>();
        EventRows.of(event.build(), rows);
        return rows;
    }

    private static ConversationEvent.Builder event(EventKind kind) {
        return ConversationEvent.newBuilder()
                .setConversation("g:x")
                .setVersion(7)
                .setLastSeq(3)
                .setStamp(1)
                .setAt(AT)
                .setHash(new Hash128(new byte[16]))
                .setKind(kind)
                .setFrom("alice")
                .setClientMessageId("k")
                .setFingerprint(new Hash128(new byte[16]))
                // the book also makes Avro trust the generated records, whichever test comes first
                .setBody(LogBook.body("secret"));
    }
}
