package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.loop.ManualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PresenceWatchTest {
    private final ManualLoop loop = new ManualLoop();
    private final List<ObjectNode> written = new ArrayList<>();
    private final PresenceWatch watch = new PresenceWatch(loop, written::add);

    @Test
    void shouldAskAgainBeforeTheServerStopsTelling() {
        // Given
        watch.onSession();
        watch.watch("g:1");

        // When
        loop.pass(Duration.ofMinutes(9));

        // Then
        assertThat(asked()).containsExactly("g:1", "g:1", "g:1");
    }

    @Test
    void shouldAskWithTheNextSessionWhenThereIsNone() {
        // Given
        watch.watch("g:1");
        loop.pass(Duration.ofMinutes(9));
        boolean askedNobody = written.isEmpty();

        // When
        watch.onSession();

        // Then
        assertThat(askedNobody).isTrue();
        assertThat(asked()).containsExactly("g:1");
    }

    @Test
    void shouldNotAskAnyMoreWhenTheConversationIsLeftOrTheSessionEnds() {
        // Given
        watch.onSession();
        watch.watch("g:1");
        watch.watch("g:2");
        written.clear();

        // When
        watch.unwatch("g:1");
        loop.pass(Duration.ofMinutes(5));
        watch.onSessionEnd();
        loop.pass(Duration.ofMinutes(9));

        // Then
        assertThat(asked()).containsExactly("g:2");
    }

    private List<String> asked() {
        return written.stream()
                .peek(frame -> assertThat(frame.get("type").textValue()).isEqualTo("presence"))
                .map(frame -> frame.get("conversation").textValue())
                .toList();
    }
}
