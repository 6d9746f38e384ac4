package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.frame.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SignalTest {
    @Test
    void shouldReadWhoIsThere() {
        assertThat(read("presence", """
                {"conversation":"g:1","user":"bob","state":"offline","since":9}""")).contains(new Signal.Presence("g:1", "bob", false, 9L));
        assertThat(read("presence", """
                {"conversation":"g:1","user":"bob","state":"online"}""")).contains(new Signal.Presence("g:1", "bob", true, null));
    }

    @Test
    void shouldReadAMessageThatNobodyKeepsAndNotShowItInALog() {
        // When
        Signal signal = read("transient", """
                        {"conversation":"g:1","from":"bob","at":9,"body":{"kind":"call","offer":"hush"}}""").orElseThrow();

        // Then
        assertThat(signal).isInstanceOfSatisfying(Signal.Transient.class, passing -> assertThat(
                        passing.body().get("offer").textValue())
                .isEqualTo("hush"));
        assertThat(signal.toString()).doesNotContain("hush");
    }

    @Test
    void shouldPassOverWhatItDoesNotKnow() {
        assertThat(read("weather", "{}")).isEmpty();
    }

    private static Optional<Signal> read(String type, String frame) {
        return Signal.read(type, Json.parseObject(frame));
    }
}
