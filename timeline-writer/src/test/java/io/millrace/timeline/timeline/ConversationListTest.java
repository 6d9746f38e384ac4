package io.millrace.timeline.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationListTest {
    private static final ConversationList LIST =
            new ConversationList(List.of(state("g:b", 10, 5, 3), state("g:a", 10, 2, 9), state("g:c", 30, 4, 0)));

    @Test
    void shouldShowNewestFirstAndEqualTimesById() {
        // When / Then
        assertThat(LIST.first(10)).extracting(UserConversation::conversation).containsExactly("g:c", "g:a", "g:b");
    }

    @Test
    void shouldNeverCountNegativeUnread() {
        // When / Then
        assertThat(LIST.totalUnread()).isEqualTo(2 + 0 + 4);
    }

    @Test
    void shouldLeaveMutedConversationsOutOfTheTotalAndTakeTheRoutersCounts() {
        // Given
        var muted = new KeptSettings(true, false, false, 0, "", false, "", false);
        var list = new ConversationList(List.of(
                new UserConversation(
                        "bob", "g:a", 0, 9, 1L, 0, 1, 0, 1L, 1, new Counts(3, 1, 8, false), KeptSettings.FIRST, null),
                new UserConversation("bob", "g:b", 0, 9, 1L, 0, 1, 0, 1L, 1, new Counts(5, 0, 8, true), muted, null)));

        // Then
        assertThat(list.totalUnread()).isEqualTo(3);
        assertThat(list.first(1).get(0).unreadMentions()).isEqualTo(1);
    }

    @Test
    void shouldNotListADirectConversationBeforeItsFirstMessage() {
        // Given
        var contact = new KeptSettings(false, false, false, 0, "", true, "Al", false);
        var drafted = new KeptSettings(false, false, false, 0, "{\"kind\":\"text\"}", true, "", false);
        var list = new ConversationList(List.of(
                new UserConversation("bob", "d:al:bob", 0, 0, null, 0, 1, 0, null, 1, null, contact, null),
                new UserConversation("bob", "d:bob:cy", 0, 0, null, 0, 1, 0, null, 2, null, drafted, null),
                new UserConversation("bob", "g:a", 0, 0, 1L, 0, 1, 0, 1L, 3, null, KeptSettings.FIRST, null)));

        // Then
        assertThat(list.first(9)).extracting(UserConversation::conversation).containsExactly("g:a", "d:bob:cy");
    }

    @Test
    void shouldContinueBehindCursorEvenWhenItsConversationMoved() {
        // When
        var behind = LIST.after(10, "g:a", 10);
        var behindGone = LIST.after(20, "g:gone", 10);

        // Then
        assertThat(behind).extracting(UserConversation::conversation).containsExactly("g:b");
        assertThat(behindGone).extracting(UserConversation::conversation).containsExactly("g:a", "g:b");
    }

    private static UserConversation state(String conversation, long updatedAtMs, long lastSeq, long readSeq) {
        return new UserConversation(
                "bob", conversation, 0, lastSeq, 1L, readSeq, 1, 0, updatedAtMs, 1, null, KeptSettings.FIRST, null);
    }
}
