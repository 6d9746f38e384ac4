package io.millrace.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.webhooks.Events;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LetterTest {
    private static final long NOW = Events.AT.toEpochMilli();

    @Test
    void shouldBeTheEventOfTheProtocolWithItsIdAndWithoutWhatOnlyItsAuthorIsShown() {
        assertThat(text(new Letter(Events.message("d:alice:bob", 14, "hi")), NOW))
                .isEqualTo("{\"id\":\"d:alice:bob/14\",\"conversation\":\"d:alice:bob\",\"version\":14,"
                        + "\"at\":1790000000123,\"event\":{\"kind\":\"message\",\"seq\":14,"
                        + "\"messageId\":\"01K5RM9W0Y0000000000000000\",\"from\":\"alice\","
                        + "\"body\":{\"kind\":\"text\",\"text\":\"hi\"},\"replyTo\":null,\"mentions\":[]}}");
    }

    @Test
    void shouldKeepTheBodyToItselfWhenItHasExpired() {
        // Given
        var event = Events.message("d:alice:bob", 14, "canary");
        event = ConversationEvent.newBuilder(event)
                .setExpiresAt(Events.AT.plusSeconds(1))
                .build();

        // Then
        assertThat(text(new Letter(event), NOW)).contains("canary");
        assertThat(text(new Letter(event), NOW + 1000))
                .contains("\"expired\":true")
                .doesNotContain("canary");
    }

    @Test
    void shouldNameAKindThatThisReleaseDoesNotKnowUnknown() {
        assertThat(text(new Letter(Events.of("g:a", 2, EventKind.UNKNOWN).build()), NOW))
                .endsWith("\"event\":{\"kind\":\"unknown\"}}");
    }

    @Test
    void shouldNotShowWhatItHolds() {
        assertThat(new Letter(Events.message("g:a", 1, "canary"))).hasToString("Letter[g:a/1]");
    }

    private static String text(Letter letter, long nowMs) {
        return new String(letter.body((key, body) -> Optional.empty(), nowMs), StandardCharsets.UTF_8);
    }
}
