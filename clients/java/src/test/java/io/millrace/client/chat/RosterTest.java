package io.millrace.client.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.Signal;
import io.millrace.client.http.Contact;
import io.millrace.client.http.ContactPage;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.Event;
import io.millrace.client.timeline.Settings;
import io.millrace.client.timeline.Unread;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RosterTest {
    private final Roster roster = new Roster("bob");

    @Test
    void shouldShowWhatIsUnreadAsTheServerCountsIt() {
        // Given
        message(1, "alice");
        message(2, "alice");
        long before = roster.list().get(0).unread();

        // When
        roster.onEntry(new Entry(3, "d:alice:bob", null, 3, new Event.Read(2), null, null, new Unread(0, 0, 0), false));

        // Then
        assertThat(before).isEqualTo(2);
        assertThat(roster.list().get(0).unread()).isZero();
    }

    @Test
    void shouldCallADirectConversationByTheOtherUserAndAGroupByItsTitle() {
        // When
        roster.onEntry(new Entry(
                1,
                "g:01",
                1L,
                1,
                new Event.Members(List.of("bob"), List.of(), Map.of(), "team", "bob"),
                null,
                null,
                null,
                false));

        // Then
        assertThat(roster.name("d:alice:bob")).isEqualTo("alice");
        assertThat(roster.name("d:bob:bob")).isEqualTo("notes");
        assertThat(roster.name("g:01")).isEqualTo("team");
        assertThat(roster.find("Team")).isEqualTo("g:01");
        assertThat(roster.find("alice")).isEqualTo("d:alice:bob");
    }

    @Test
    void shouldCallAUserByItsAliasAndFindItByThat() {
        // When
        roster.onContacts(new ContactPage("e1", 9, List.of(new Contact("alice", "Al", true))));

        // Then
        assertThat(roster.name("d:alice:bob")).isEqualTo("Al");
        assertThat(roster.person("alice")).isEqualTo("Al");
        assertThat(roster.person("carol")).isEqualTo("carol");
        assertThat(roster.find("al")).isEqualTo("d:alice:bob");
        assertThat(roster.other("d:alice:bob")).isEqualTo("alice");

        // When
        var settings = new Settings(false, false, false, 0, null, true, "", false);
        var event = new Event.SettingsChanged(settings, null);
        roster.onEntry(new Entry(10, "d:alice:bob", null, 3, event, null, null, null, false));

        // Then
        assertThat(roster.name("d:alice:bob")).isEqualTo("alice");
    }

    @Test
    void shouldKeepTheTitleWhenOnlyTheAnnouncementChanges() {
        // Given
        change(1, new Event.ConversationChanged("team", null, null, "bob"));

        // When
        change(2, new Event.ConversationChanged(null, "tea at four", null, "bob"));

        // Then
        assertThat(roster.name("g:01")).isEqualTo("team");
    }

    private void change(long position, Event.ConversationChanged event) {
        roster.onEntry(new Entry(position, "g:01", position, 1, event, null, null, null, false));
    }

    @Test
    void shouldTickWhatIsDeliveredAndRead() {
        // Given
        message(1, "bob");
        message(2, "bob");

        // When
        var news = roster.onReceipt(new Signal.Receipt("d:alice:bob", "alice", 2L, 1L));

        // Then
        assertThat(news).isEqualTo(Roster.News.READ);
        assertThat(roster.ticks("d:alice:bob", 1)).isEqualTo("✓✓✓");
        assertThat(roster.ticks("d:alice:bob", 2)).isEqualTo("✓✓");
        assertThat(roster.ticks("d:alice:bob", 3)).isEqualTo("✓");
        assertThat(roster.onReceipt(new Signal.Receipt("d:alice:bob", "alice", 2L, 1L)))
                .isEqualTo(Roster.News.NONE);
    }

    @Test
    void shouldTakeOnlyWhatIsNewOfAReceiptForNews() {
        // Given
        message(1, "bob");
        message(2, "bob");
        roster.onReceipt(new Signal.Receipt("d:alice:bob", "alice", 1L, 1L));

        // When
        var news = roster.onReceipt(new Signal.Receipt("d:alice:bob", "alice", 2L, 1L));
        var own = roster.onReceipt(new Signal.Receipt("d:alice:bob", "bob", 2L, 2L));

        // Then
        assertThat(news).isEqualTo(Roster.News.DELIVERED);
        assertThat(own).isEqualTo(Roster.News.NONE);
        assertThat(roster.ticks("d:alice:bob", 2)).isEqualTo("✓✓");
    }

    private void message(long seq, String from) {
        var message = new Event.Message(
                seq, "m", from, null, false, null, List.of(), false, false, false, true, null, false, null);
        roster.onEntry(new Entry(seq, "d:alice:bob", seq, seq, message, null, null, new Unread(seq, 0, seq), false));
    }
}
