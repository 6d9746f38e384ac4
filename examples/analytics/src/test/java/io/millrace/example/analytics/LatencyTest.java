package io.millrace.example.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.example.analytics.record.Bucket;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyTest {
    @Test
    void shouldPutEveryLatencyIntoABucketThatIsAtMostATenthTooWide() {
        long before = 0;
        for (long ms = 1; ms <= Latency.LATE_MS; ms++) {
            // When
            long bucket = Latency.bucketOf(ms);

            // Then
            assertThat(bucket).isBetween(Math.max(ms, before), (long) Math.ceil(ms * 1.1));
            assertThat(Latency.bucketOf(bucket))
                    .as("the bucket of its own bound")
                    .isEqualTo(bucket);
            before = bucket;
        }
        assertThat(Latency.bucketOf(0)).isEqualTo(1);
        assertThat(Latency.bucketOf(-5)).isEqualTo(1);
    }

    @Test
    void shouldGiveTheBoundThatAPartOfAllDoesNotExceed() {
        // Given
        var buckets = List.of(new Bucket(10L, 50L), new Bucket(20L, 40L), new Bucket(40L, 9L), new Bucket(80L, 1L));

        // Then
        assertThat(Latency.percentile(buckets, 0.50)).isEqualTo(10);
        assertThat(Latency.percentile(buckets, 0.90)).isEqualTo(20);
        assertThat(Latency.percentile(buckets, 0.99)).isEqualTo(40);
        assertThat(Latency.percentile(buckets, 1)).isEqualTo(80);
        assertThat(Latency.percentile(List.of(), 0.5)).isNull();
    }
}
