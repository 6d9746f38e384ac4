package io.millrace.timeline.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.timeline.log.LogBook;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTest {
    private static final List<MemberChange> LEFT_AT_10 =
            List.of(new MemberChange("bob", 1, true, "MEMBER", 0), new MemberChange("bob", 10, false, "", 5));

    @ParameterizedTest(name = "edited at {0}, recalled at {1}, applied {2}: {3}")
    @CsvSource({
        "0, 0, 20, BODY",
        "10, 0, 20, BODY",
        "11, 0, 20, UNREADABLE",
        "0, 9, 20, RECALLED",
        "0, 11, 20, UNREADABLE",
        "5, 9, 20, RECALLED",
        "21, 0, 20, PENDING",
        "5, 21, 20, PENDING",
        "7, 0, 6, PENDING"
    })
    void shouldShowContentOfTheMembershipOnly(long edited, long recalled, long applied, Content expected) {
        // Given
        var head = new ConversationHead(applied, 5, 0, null, 0);
        var message = message(edited, recalled, null);

        // When
        var content = Content.of(message, Visibility.of(LEFT_AT_10, head));

        // Then
        assertThat(content).isEqualTo(expected);
    }

    @Test
    void shouldBeUnreadableWhenBodyIsEncrypted() {
        // Given
        var head = new ConversationHead(20, 5, 0, null, 0);

        // When
        var content = Content.of(message(0, 0, "key-1"), Visibility.all(head));

        // Then
        assertThat(content).isEqualTo(Content.UNREADABLE);
    }

    @Test
    void shouldShowAnExpiredMessageWithoutItsBodyWhateverIsStored() {
        // Given
        var head = new ConversationHead(9, 9, 0, null, 0);

        // Then
        assertThat(Content.of(message(0, 0, null, true), Visibility.all(head))).isEqualTo(Content.EXPIRED);
        assertThat(Content.of(message(3, 0, null, true), Visibility.all(head))).isEqualTo(Content.EXPIRED);
        assertThat(Content.of(message(0, 4, null, true), Visibility.all(head))).isEqualTo(Content.RECALLED);
        assertThat(Content.of(message(0, 0, null, false), Visibility.all(head))).isEqualTo(Content.BODY);
    }

    private static StoredMessage message(long edited, long recalled, String bodyKey) {
        return message(edited, recalled, bodyKey, false);
    }

    private static StoredMessage message(long edited, long recalled, String bodyKey, boolean expired) {
        return new StoredMessage(
                1,
                2,
                "m",
                "alice",
                null,
                null,
                0,
                LogBook.body("x"),
                bodyKey,
                null,
                List.of(),
                edited,
                0,
                recalled,
                0,
                null,
                Map.of(),
                false,
                new Traits(expired ? 1 : 0, expired, false, false, 0));
    }
}
