package io.millrace.timeline.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Role;
import io.millrace.timeline.log.LogBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows of roles, mutes, blocks, dissolution and recalls. */
class GroupRowsTest {
    private static final String GROUP = "g:club";

    private final LogBook book = new LogBook();

    @Test
    void shouldStoreMutesOfNamedMembers() {
        // Given
        var event = book.mute(GROUP, "alice", List.of("bob", "carol"), Instant.ofEpochMilli(500));

        // When
        var plan = plan(GROUP, event);

        // Then
        assertThat(rows(plan, ConversationRow.Muted.class))
                .containsExactly(
                        new ConversationRow.Muted(GROUP, event.getStamp(), "bob", 1, 500),
                        new ConversationRow.Muted(GROUP, event.getStamp(), "carol", 1, 500));
        assertThat(rows(plan, ConversationRow.Event.class)).singleElement().satisfies(row -> {
            assertThat(row.kind()).isEqualTo(RowKind.MUTED);
            assertThat(row.muted()).containsExactly("bob", "carol");
            assertThat(row.mutedUntilMs()).isEqualTo(500);
        });
    }

    @Test
    void shouldStoreMuteOfEverybodyAndItsEnd() {
        // When
        var plan = plan(
                GROUP,
                book.mute(GROUP, "alice", List.of(), Instant.ofEpochMilli(500)),
                book.mute(GROUP, "alice", List.of(), null));

        // Then
        assertThat(rows(plan, ConversationRow.Muted.class))
                .extracting(row -> row.user() + "|" + row.version() + "|" + row.untilMs())
                .containsExactly("|1|500", "|2|0");
        assertThat(rows(plan, ConversationRow.Event.class).get(1).mutedUntilMs())
                .isNull();
    }

    @Test
    void shouldEndEveryMembershipWhenDissolved() {
        // Given
        var created = book.members(GROUP, "alice", List.of("alice", "bob"), List.of());
        var message = book.message(GROUP, "alice", "hi");
        var dissolved = book.dissolve(GROUP, "alice", List.of("alice", "bob"));

        // When
        var plan = plan(GROUP, created, message, dissolved);
        var changes = changes(plan);
        var bob = Visibility.of(of("bob", changes), plan.head());

        // Then
        assertThat(Members.after(2, changes)).containsOnlyKeys("alice", "bob");
        assertThat(Members.after(3, changes)).isEmpty();
        assertThat(bob.member()).isFalse();
        assertThat(bob.sees(3)).as("its own removal").isTrue();
        assertThat(bob.seqAtOrAfter(1)).isEqualTo(1);
    }

    @Test
    void shouldOnlyChangeRoleWhenMemberIsAddedAgain() {
        // Given
        var created = book.members(GROUP, "alice", List.of("alice", "bob"), List.of());
        var early = book.message(GROUP, "alice", "early");
        var promoted = book.role(GROUP, "alice", "bob", Role.ADMIN);
        var late = book.message(GROUP, "alice", "late");

        // When
        var plan = plan(GROUP, created, early, promoted, late);
        var changes = changes(plan);
        var bob = Visibility.of(of("bob", changes), plan.head());

        // Then
        assertThat(Members.after(2, changes)).containsEntry("bob", "MEMBER");
        assertThat(Members.after(3, changes)).containsEntry("bob", "ADMIN");
        assertThat(bob.sees(2)).as("no new membership begins").isTrue();
        assertThat(bob.seqAtOrAfter(1)).isEqualTo(1);
        assertThat(bob.versionAtOrAfter(1)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKED", "UNBLOCKED"})
    void shouldStoreBlocksAsTheEventAlone(EventKind kind) {
        // When
        var plan = plan("d:alice:bob", book.block(kind, "d:alice:bob", "alice"));

        // Then
        assertThat(plan.rows()).singleElement().satisfies(row -> assertThat(((ConversationRow.Event) row).kind())
                .isEqualTo(RowKind.of(kind)));
    }

    @Test
    void shouldKeepMentionOfEverybody() {
        // Given
        var event = ConversationEvent.newBuilder(book.message(GROUP, "alice", "all"))
                .setMentionAll(true)
                .build();

        // When / Then
        assertThat(rows(plan(GROUP, event), ConversationRow.Posted.class))
                .singleElement()
                .satisfies(row -> assertThat(row.mentionAll()).isTrue());
    }

    @Test
    void shouldStampRecallAboveEveryBodySoThatOrderDoesNotMatter() {
        // Given
        var posted = book.message(GROUP, "alice", "one");
        var edited = book.edit(GROUP, "alice", 1, "two");
        var again = book.edit(GROUP, "alice", 1, "three");
        var recalled = book.recall(GROUP, "alice", 1);

        // When
        var plan = plan(GROUP, posted, edited, again, recalled);

        // Then
        long recall = rows(plan, ConversationRow.Recalled.class).get(0).stamp();
        assertThat(rows(plan, ConversationRow.Posted.class)).allMatch(row -> row.stamp() < recall);
        assertThat(rows(plan, ConversationRow.Edited.class)).hasSize(2).allMatch(row -> row.stamp() < recall);
        assertThat(rows(plan, ConversationRow.Event.class).toString())
                .as("no body beside the one that is overwritten")
                .doesNotContain("three");
    }

    private static ConversationPlan plan(String conversation, ConversationEvent... events) {
        var logged = new ArrayList<LoggedEvent>();
        for (var e : events) {
            logged.add(new LoggedEvent(logged.size(), e.getAt().toEpochMilli(), e));
        }
        return ConversationPlan.of(conversation, ConversationHead.NONE, logged);
    }

    private static <T extends ConversationRow> List<T> rows(ConversationPlan plan, Class<T> kind) {
        return plan.rows().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** As the store gives them back. */
    private static List<MemberChange> changes(ConversationPlan plan) {
        return rows(plan, ConversationRow.Member.class).stream()
                .map(row -> new MemberChange(
                        row.user(), row.version(), row.joined(), row.role() == null ? "" : row.role(), row.lastSeq()))
                .toList();
    }

    private static List<MemberChange> of(String user, List<MemberChange> changes) {
        return changes.stream().filter(change -> change.user().equals(user)).toList();
    }
}
