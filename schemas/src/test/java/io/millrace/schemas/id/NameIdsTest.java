package io.millrace.schemas.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users and devices share one grammar. */
class NameIdsTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "alice", "Alice.B-c_9", "0--"})
    void shouldTakeNames(String text) {
        assertThat(new UserId(text)).hasToString(text);
        assertThat(new DeviceId(text)).hasToString(text);
    }

    static Stream<String> broken() {
        return Stream.of(
                "", ".a", "-a", "_a", "a:b", "a b", "a/b", "a\u0000", "ä", "аlice", "a\u202e", "a\n", "a".repeat(63));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void shouldRefuseWhatBreaksTheGrammar(String text) {
        assertThatThrownBy(() -> new UserId(text)).isInstanceOf(InvalidIdException.class);
        assertThatThrownBy(() -> new DeviceId(text)).isInstanceOf(InvalidIdException.class);
    }

    @Test
    void shouldOrderUsersByAsciiCode() {
        assertThat(Stream.of("b", "a", "B", "a-", "a.", "_".replace('_', '0'))
                        .map(UserId::new)
                        .sorted())
                .extracting(UserId::value)
                .containsExactly("0", "B", "a", "a-", "a.", "b");
    }
}
