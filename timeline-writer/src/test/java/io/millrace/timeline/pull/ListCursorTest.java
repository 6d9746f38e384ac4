package io.millrace.timeline.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListCursorTest {
    @Test
    void shouldComeBackAsItWas() {
        // Given
        var cursor = new ListCursor("e-1", 57, 1_790_000_000_000L, "d:alice:bob");

        // When / Then
        assertThat(ListCursor.decode(cursor.encode(), "e-1")).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "|",
                "2|e-1|57|1|d:alice:bob",
                "1|e-1|57|1|d:bob:alice",
                "1|e-1|-1|1|g:x",
                "1|e-1|057|1|g:x",
                "1|e-1|57|1|g:x|",
                "1|e-1|18446744073709551615|1|g:x",
                "1|e-2|57|1|g:x"
            })
    void shouldRefuseWhatItDidNotMake(String text) {
        // Given
        var forged = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));

        // When
        var refused = catchThrowableOfType(ProblemException.class, () -> ListCursor.decode(forged, "e-1"));

        // Then
        assertThat(refused.problem().code()).isEqualTo("invalid");
    }

    @Test
    void shouldRefuseWhatIsNotBase64() {
        // When
        var refused = catchThrowableOfType(ProblemException.class, () -> ListCursor.decode("%%%", "e-1"));

        // Then
        assertThat(refused.problem().status()).isEqualTo(400);
    }
}
