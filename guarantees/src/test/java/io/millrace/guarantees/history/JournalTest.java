package io.millrace.guarantees.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Line.Invoked SEND =
            new Line.Invoked(1, Action.SEND, "alice", "phone", "d:alice:bob", "k1", "abc", null, List.of(), 10);

    @TempDir
    private Path directory;

    @Test
    void shouldReadBackEveryLineAsItWasWritten() throws IOException {
        // Given
        List<Line> lines = List.of(
                SEND,
                new Line.Accepted(1, 15),
                new Line.Ended(1, Outcome.OK, "d:alice:bob", 1L, 1L, "01J", false, null, 20),
                new Line.Delivered(
                        "bob", "pad", 1, "d:alice:bob", 1L, "message", 1L, "01J", "alice", null, "abc", 1L, 1L, 30),
                new Line.Session("bob", "pad", "open", 5),
                new Line.FaultMoment("kill-router", "injected", 25));

        // When
        try (var journal = new Journal(directory, "alice-phone")) {
            lines.forEach(journal::write);
        }

        // Then
        assertThat(Journal.readAll(directory)).isEqualTo(lines);
    }

    @Test
    void shouldTellAnOperationWithoutAnEndAsUnknown() {
        // When
        var history = History.of(List.of(SEND, new Line.Accepted(1, 15)));

        // Then
        assertThat(history.operations()).singleElement().satisfies(operation -> {
            assertThat(operation.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(operation.isOwed()).isTrue();
            assertThat(operation.endedNs()).isEqualTo(Long.MAX_VALUE);
        });
    }

    @Test
    void shouldNameABodyByItsValueAndNotByItsText() throws IOException {
        // Given
        var json = new ObjectMapper();

        // When
        var one = BodyHash.of(json.readTree("{\"kind\":\"text\",\"text\":\"hi\"}"));
        var same = BodyHash.ofText("{ \"text\":\"hi\", \"kind\":\"text\" }".getBytes(StandardCharsets.UTF_8));
        var other = BodyHash.of(json.readTree("{\"kind\":\"text\",\"text\":\"Hi\"}"));

        // Then
        assertThat(one).isEqualTo(same).isNotEqualTo(other);
    }
}
