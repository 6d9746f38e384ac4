package io.millrace.timeline.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritesTest {
    @ParameterizedTest
    @CsvSource({"1,100,200", "3,400,800", "6,2500,5000", "60,2500,5000"})
    void shouldBackOffWithJitterUpToABound(int attempt, long least, long most) {
        for (int i = 0; i < 100; i++) {
            // When
            long ms = Writes.backoffMs(attempt);

            // Then
            assertThat(ms).isBetween(least, most);
        }
    }
}
