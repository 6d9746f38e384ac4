package io.millrace.timeline.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {
    @ParameterizedTest
    @CsvSource({"1,0", "10000,0", "10001,1", "20000,1", "20001,2", "9007199254740993,900719925474"})
    void shouldPutTenThousandNumbersIntoOneBucket(long number, long bucket) {
        // When / Then
        assertThat(Buckets.of(number)).isEqualTo(bucket);
        assertThat(Buckets.last(bucket)).isGreaterThanOrEqualTo(number);
    }
}
