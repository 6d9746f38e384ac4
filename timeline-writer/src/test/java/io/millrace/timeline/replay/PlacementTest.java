package io.millrace.timeline.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementTest {
    @ParameterizedTest
    @ValueSource(strings = {"alice", "d:alice:bob", "g:01H0000000000000000000000", "é ü", ""})
    void shouldPutAKeyWhereProducersDo(String key) {
        for (int partitions = 1; partitions < 30; partitions++) {
            assertThat(Placement.of("timeline-entries", key.getBytes(UTF_8), 0, partitions))
                    .isEqualTo(BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), partitions));
        }
    }

    @Test
    void shouldPutAReceiptWhereItsConversationIs() {
        // When
        int partition = Placement.of("receipts", "d:alice:bob alice".getBytes(UTF_8), 0, 12);

        // Then
        assertThat(partition).isEqualTo(Sources.partition("d:alice:bob", 12));
    }

    @Test
    void shouldKeepWhatHasNoKeyTogetherWhenPartitionsAreFewer() {
        assertThat(Placement.of("commands", null, 7, 3)).isEqualTo(1);
        assertThat(Placement.of("commands", null, 7, 12)).isEqualTo(7);
    }
}
