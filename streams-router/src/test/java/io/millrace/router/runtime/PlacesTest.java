package io.millrace.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.router.runtime.Places.Place;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a place is good to go on from, and what is said where it is not; against a broker it is tested in local-stack. */
class PlacesTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "3, 3, 9", "5, 3, 9", "9, 3, 9"})
    void shouldGoOnWithinThePartition(long committed, long begin, long end) {
        assertThat(place(committed, begin, end).isLost()).isFalse();
    }

    @Test
    void shouldSayWhatIsLost() {
        assertThat(place(null, 0, 0).isLost()).isTrue();
        assertThat(place(null, 0, 0).trouble())
                .isEqualTo("application users has no committed offset in inbox partition 2");
        assertThat(place(2L, 3, 9).isLost()).isTrue();
        assertThat(place(2L, 3, 9).trouble())
                .endsWith(
                        "offset 2 of inbox partition 2, which begins at 3: records were deleted before they were read");
        assertThat(place(10L, 3, 9).isLost()).isTrue();
        assertThat(place(10L, 3, 9).trouble())
                .endsWith("offset 10 of inbox partition 2, which ends at 9: the topic has lost records");
    }

    private static Place place(@Nullable Long committed, long begin, long end) {
        return new Place("users", new TopicPartition("inbox", 2), committed, begin, end);
    }
}
