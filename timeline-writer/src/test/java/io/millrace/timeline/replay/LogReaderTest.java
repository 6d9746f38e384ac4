package io.millrace.timeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On Kafka's own in-memory consumer. */
@Timeout(30)
class LogReaderTest {
    private static final TopicPartition PARTITION = new TopicPartition("timeline-entries", 2);

    private final MockConsumer<String, byte[]> kafka = new MockConsumer<>("earliest");
    private final List<Long> offsets = new ArrayList<>();

    @BeforeEach
    void fill() {
        kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
        kafka.updateEndOffsets(Map.of(PARTITION, 5L));
    }

    @Test
    void shouldStopAtTheEndThatWasAskedForAndGoOnFromThere() throws Exception {
        // Given
        var reader = new LogReader(kafka, PARTITION, 0);
        records(0, 5);

        // When
        reader.readTo(3, this::take);

        // Then
        assertThat(offsets).containsExactly(0L, 1L, 2L);

        // When
        records(3, 5);
        reader.readTo(reader.end(), this::take);

        // Then
        assertThat(offsets).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void shouldReadNothingWhereItIsAlready() throws Exception {
        // Given
        var reader = new LogReader(kafka, PARTITION, 5);

        // When
        reader.readTo(5, this::take);

        // Then
        assertThat(offsets).isEmpty();
    }

    private void records(long from, long to) {
        for (long offset = from; offset < to; offset++) {
            kafka.addRecord(new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, "bob", new byte[0]));
        }
    }

    private void take(List<ConsumerRecord<String, byte[]>> records, long next) {
        records.forEach(record -> offsets.add(record.offset()));
        assertThat(next).isEqualTo(offsets.get(offsets.size() - 1) + 1);
    }
}
