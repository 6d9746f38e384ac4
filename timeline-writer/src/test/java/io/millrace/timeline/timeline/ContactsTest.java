package io.millrace.timeline.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Settings;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.timeline.log.LogBook;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contacts as entries set them, and what a device that has some of them is told. */
class ContactsTest {
    private static final String DIRECT = "d:alice:bob";

    private final LogBook book = new LogBook();

    @Test
    void shouldTakeContactsFromSettingsBetweenTwoUsersAlone() {
        // Given
        var direct = book.message(DIRECT, "alice", "one");
        var notes = book.message("d:bob:bob", "bob", "one");
        var group = book.message("g:club", "alice", "one");

        // When
        var plan = plan(
                book.entry("bob", direct, 0),
                book.settings("bob", direct, kept(true, "Al"), null),
                book.settings("bob", notes, kept(true, "Me"), null),
                book.settings("bob", group, kept(true, "Club"), null),
                book.settings("bob", direct, null, null));

        // Then
        assertThat(plan.contacts()).extracting(Contact::other).containsExactly("alice", "alice");
        assertThat(plan.contacts()).extracting(Contact::position).containsExactly(2L, 5L);
        assertThat(plan.contacts()).extracting(Contact::kept).containsExactly(true, false);
        assertThat(plan.contacts()).extracting(Contact::alias).containsExactly("Al", "");
        assertThat(plan.contacts().get(0).stamp())
                .isLessThan(plan.contacts().get(1).stamp());
        assertThat(plan.contacts().get(0).toString()).doesNotContain("Al,").doesNotContain("alias");
    }

    @Test
    void shouldTakeAContactFromTheFirstEntryOfAConversation() {
        // Given: nothing was ever said between the two
        var first = book.settings("bob", book.block(EventKind.BLOCKED, DIRECT, "x"), kept(true, ""), null);

        // When
        var plan = plan(first);

        // Then
        assertThat(plan.contacts()).singleElement().satisfies(c -> assertThat(c.contact())
                .isTrue());
        assertThat(plan.conversations())
                .singleElement()
                .satisfies(c -> assertThat(c.begun()).as("is in no list yet").isFalse());
    }

    @Test
    void shouldTellAllThatAreKeptAtFirstAndThenWhatWasSetSince() {
        // Given
        var list = new ContactList(
                List.of(
                        contact("zoe", "e1", 4, true, ""),
                        contact("ann", "e1", 9, false, ""),
                        contact("ben", "e1", 7, false, "Benny"),
                        contact("old", "e0", 90, true, "")),
                "e1");

        // Then
        assertThat(list.present()).extracting(Contact::other).containsExactly("ben", "old", "zoe");
        assertThat(list.since(4)).extracting(Contact::other).containsExactly("ann", "ben");
        assertThat(list.since(7)).extracting(Contact::other).containsExactly("ann");
        assertThat(list.since(9)).isEmpty();
        assertThat(list.present().stream().map(list::position))
                .as("a position of another numbering says nothing")
                .containsExactly(7L, 0L, 4L);
    }

    private static Contact contact(String other, String epoch, long position, boolean contact, String alias) {
        return new Contact("me", other, 0, epoch, position, contact, alias);
    }

    private static Settings kept(boolean contact, String alias) {
        return new Settings(false, false, false, 0L, ByteBuffer.allocate(0), contact, alias, false);
    }

    private static TimelinePlan plan(TimelineEntry... entries) {
        var records = new ArrayList<LoggedEntry>();
        for (var e : entries) {
            records.add(new LoggedEntry(records.size(), e.getAt().toEpochMilli(), e));
        }
        return TimelinePlan.of("bob", TimelineHead.NONE, LogBook.EPOCH, records);
    }
}
