package io.millrace.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShadowTest {
    private final Shadow shadow = new Shadow("rules2");

    @Test
    void shouldNameEverythingWithItsPrefix() {
        assertThat(shadow.topic(TopicCatalogue.CONVERSATION_EVENTS)).isEqualTo("shadow-rules2-conversation-events");
        assertThat(shadow.applications()).containsExactly("shadow-rules2-conversations", "shadow-rules2-users");
        assertThat(shadow.epochTopic()).isEqualTo("shadow-rules2-epochs");
    }

    @Test
    void shouldOwnNeitherLiveTopicsNorThoseOfAnotherShadow() {
        assertThat(TopicCatalogue.ALL).extracting(TopicSpec::name).noneMatch(shadow::owns);
        assertThat(shadow.owns(new Shadow("rules").topic(TopicCatalogue.INBOX))).isFalse();
        assertThat(new Shadow("rules").owns(shadow.topic(TopicCatalogue.INBOX))).isFalse();
    }

    @Test
    void shouldWriteNothingThatReachesAUserOrIsInput() {
        assertThat(Shadow.OUTPUTS)
                .doesNotContain(
                        TopicCatalogue.DELIVERIES,
                        TopicCatalogue.SIGNALS,
                        TopicCatalogue.RECEIPTS,
                        TopicCatalogue.BROADCASTS,
                        TopicCatalogue.COMMANDS,
                        TopicCatalogue.USER_COMMANDS);
    }

    @Test
    void shouldFindShadowsAmongTopics() {
        // When
        var found = Shadow.among(List.of(
                "epochs", "shadow-b-epochs", "shadow-a-epochs", "shadow-a-inbox", "shadow-c-inbox", "shadow-A-epochs"));

        // Then
        assertThat(found).containsExactly(new Shadow("a"), new Shadow("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a-b", "A", "abcdefghijklmnopqrstu", "a.b", "é"})
    void shouldRefuseANameThatIsNone(String name) {
        assertThatThrownBy(() -> new Shadow(name)).isInstanceOf(IllegalArgumentException.class);
    }
}
