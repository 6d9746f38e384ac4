package io.millrace.timeline.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On topics in memory. */
class CopyProofTest {
    private static final String FROM = "conversation-events";
    private static final String TO = FROM + ".reshard";

    private final List<ConsumerRecord<byte[], byte[]>> original = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"8, 12, 1", "8, 3, 2", "8, 1, 3", "1, 5, 4", "4, 8, 5"})
    void shouldKeepEveryKeysOrderAndLoseNothingToAGroup(int before, int after, long seed) {
        // Given
        var random = new Random(seed);
        fill(random, before, 2_000);
        var places = new HashMap<TopicPartition, Long>();
        ends(original, FROM, before).forEach((partition, end) -> places.put(partition, random.nextLong(end + 1)));

        // When
        var proof = new CopyProof(Map.of("webhooks-a", places));
        original.forEach(proof::original);
        var copy = copied(original, after);
        copy.forEach(proof::copy);

        // Then
        assertThat(proof.difference()).as("seed %d", seed).isEmpty();
        assertThat(proof.records()).isEqualTo(2_000);
        assertThat(byKey(copy)).isEqualTo(byKey(original));
        var next = proof.places("webhooks-a", ends(copy, TO, after));
        var given = texts(copy, next);
        assertThat(given).containsAll(texts(original, places));
        next.forEach((partition, offset) -> assertThat(copy)
                .as("nothing that was taken comes first in %s", partition)
                .filteredOn(record -> record.partition() == partition.partition() && record.offset() == offset)
                .allSatisfy(record -> assertThat(texts(original, places)).contains(text(record))));
    }

    @Test
    void shouldGiveAGroupNothingAgainWhenItHadTakenEverything() {
        // Given
        fill(new Random(1), 8, 500);
        var ends = ends(original, FROM, 8);

        // When
        var proof = new CopyProof(Map.of("timeline-writer", ends));
        original.forEach(proof::original);
        var copy = copied(original, 5);
        copy.forEach(proof::copy);

        // Then
        assertThat(proof.places("timeline-writer", ends(copy, TO, 5))).isEqualTo(ends(copy, TO, 5));
    }

    @Test
    void shouldNameTheKeyWhenARecordIsMissingDoubledChangedOrOutOfOrder() {
        // Given
        original.add(record(FROM, 0, 0, "d:alice:bob", 10, "one"));
        original.add(record(FROM, 0, 1, "d:alice:bob", 11, "two"));
        var first = record(TO, 0, 0, "d:alice:bob", 10, "one");
        var second = record(TO, 0, 1, "d:alice:bob", 11, "two");

        // Then
        assertThat(difference(List.of(first, second))).isEmpty();
        assertThat(difference(List.of())).contains("key d:alice:bob is not in the copy");
        assertThat(difference(List.of(first))).contains("key d:alice:bob has 2 records, in the copy 1");
        assertThat(difference(List.of(first, second, second))).contains("key d:alice:bob has 2 records, in the copy 3");
        assertThat(difference(List.of(second, first)))
                .contains("key d:alice:bob has 2 records, in the copy 2, not the same or in another order");
        assertThat(difference(List.of(first, record(TO, 0, 1, "d:alice:bob", 12, "two"))))
                .isPresent();
        assertThat(difference(List.of(first, record(TO, 0, 1, "d:alice:bob", 11, "2"))))
                .isPresent();
        assertThat(difference(List.of(first, second, record(TO, 0, 2, "x", 1, ""))))
                .contains("key x is only in the copy");
    }

    @Test
    void shouldTakeNoOrderWhereAKeyWasInSeveralPartitions() {
        // Given
        original.add(record(FROM, 0, 0, "edge-1", 10, "tick 1"));
        original.add(record(FROM, 1, 0, "edge-1", 10, "tick 1, too"));

        // When
        var difference = difference(
                List.of(record(TO, 0, 0, "edge-1", 10, "tick 1, too"), record(TO, 0, 1, "edge-1", 10, "tick 1")));

        // Then
        assertThat(difference).isEmpty();
    }

    private Optional<String> difference(List<ConsumerRecord<byte[], byte[]>> copy) {
        var proof = new CopyProof(Map.of());
        original.forEach(proof::original);
        copy.forEach(proof::copy);
        return proof.difference();
    }

    private void fill(Random random, int partitions, int records) {
        var offsets = new HashMap<Integer, Long>();
        for (int i = 0; i < records; i++) {
            var key = "d:alice:" + random.nextInt(60);
            int partition = Placement.of(FROM, key.getBytes(UTF_8), 0, partitions);
            // marks of transactions take offsets
            long offset = offsets.merge(partition, 1L + random.nextInt(2), Long::sum) - 1;
            original.add(record(FROM, partition, offset, key, i, "text " + i));
        }
    }

    /** As a copy is made: one partition after the other. */
    private static List<ConsumerRecord<byte[], byte[]>> copied(
            List<ConsumerRecord<byte[], byte[]>> records, int partitions) {
        var copy = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        var offsets = new HashMap<Integer, Long>();
        for (var source : new TreeMap<>(byPartition(records)).values()) {
            for (var record : source) {
                int partition = Placement.of(FROM, record.key(), record.partition(), partitions);
                long offset = offsets.merge(partition, 1L, Long::sum) - 1;
                copy.add(record(
                        TO, partition, offset, new String(record.key(), UTF_8), record.timestamp(), text(record)));
            }
        }
        return copy;
    }

    private static Map<Integer, List<ConsumerRecord<byte[], byte[]>>> byPartition(
            List<ConsumerRecord<byte[], byte[]>> records) {
        var by = new HashMap<Integer, List<ConsumerRecord<byte[], byte[]>>>();
        records.forEach(record ->
                by.computeIfAbsent(record.partition(), p -> new ArrayList<>()).add(record));
        return by;
    }

    private static Map<String, List<String>> byKey(List<ConsumerRecord<byte[], byte[]>> records) {
        var by = new HashMap<String, List<String>>();
        records.forEach(record -> by.computeIfAbsent(new String(record.key(), UTF_8), k -> new ArrayList<>())
                .add(text(record)));
        return by;
    }

    private static Map<TopicPartition, Long> ends(
            List<ConsumerRecord<byte[], byte[]>> records, String topic, int partitions) {
        var ends = new HashMap<TopicPartition, Long>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(topic, partition), 0L);
        }
        records.forEach(
                record -> ends.merge(new TopicPartition(topic, record.partition()), record.offset() + 1, Math::max));
        return ends;
    }

    private static List<String> texts(List<ConsumerRecord<byte[], byte[]>> records, Map<TopicPartition, Long> from) {
        return records.stream()
                .filter(record -> record.offset() >= from.get(new TopicPartition(record.topic(), record.partition())))
                .map(CopyProofTest::text)
                .toList();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> record(
            String topic, int partition, long offset, String key, long atMs, String text) {
        return new ConsumerRecord<>(
                topic,
                partition,
                offset,
                atMs,
                TimestampType.CREATE_TIME,
                0,
                0,
                key.getBytes(UTF_8),
                text.getBytes(UTF_8),
                new RecordHeaders(),
                Optional.empty());
    }
}
