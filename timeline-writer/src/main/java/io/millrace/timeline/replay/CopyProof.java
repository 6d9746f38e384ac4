package io.millrace.timeline.replay;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Holds a copy with other partitions against its original: the same records, those of each key in the same order. And finds
 * where a consumer group goes on in the copy: before the first record that it had not taken. What it had taken behind that
 * it gets again. All keys are in memory. The whole original is added first, then the whole copy. Not thread-safe.
 */
final class CopyProof {
    private static final String NO_KEY = "";

    private final Map<String, Map<TopicPartition, Long>> groups;
    private final Map<String, KeyChain> originals = new HashMap<>();
    private final Map<String, KeyChain> copies = new HashMap<>();
    private final Map<String, Map<String, Long>> left = new HashMap<>();
    private final Map<String, Map<Integer, Long>> places = new HashMap<>();
    private long records;

    /** @param groups where each goes on in the original; a partition of which it has taken nothing may be missing */
    CopyProof(Map<String, Map<TopicPartition, Long>> groups) {
        this.groups = groups;
        groups.keySet().forEach(group -> {
            left.put(group, new HashMap<>());
            places.put(group, new HashMap<>());
        });
    }

    /** A record of the original; those of a partition in order. */
    void original(ConsumerRecord<byte[], byte[]> record) {
        var key = key(record);
        originals.computeIfAbsent(key, k -> new KeyChain()).add(record);
        records++;
        var partition = new TopicPartition(record.topic(), record.partition());
        groups.forEach((group, offsets) -> {
            if (record.offset() >= offsets.getOrDefault(partition, 0L)) {
                left.getOrDefault(group, Map.of()).merge(key, 1L, Long::sum);
            }
        });
    }

    /** A record of the copy; those of a partition in order. */
    void copy(ConsumerRecord<byte[], byte[]> record) {
        var key = key(record);
        var original = originals.get(key);
        var copy = copies.computeIfAbsent(key, k -> new KeyChain());
        if (original != null) {
            groups.keySet().forEach(group -> find(group, key, original, copy.count(), record));
        }
        copy.add(record);
    }

    /** @param before how many records of the key came before this one */
    private void find(String group, String key, KeyChain original, long before, ConsumerRecord<byte[], byte[]> record) {
        long toCome = left.getOrDefault(group, Map.of()).getOrDefault(key, 0L);
        boolean untaken = toCome > 0 && (original.isScattered() || before >= original.count() - toCome);
        if (untaken) {
            places.getOrDefault(group, Map.of()).putIfAbsent(record.partition(), record.offset());
        }
    }

    /** What is not as in the original; empty where the copy is one. */
    Optional<String> difference() {
        var missing = new TreeMap<String, KeyChain>(originals);
        for (var copy : copies.entrySet()) {
            var original = missing.remove(copy.getKey());
            if (original == null) {
                return Optional.of(name(copy.getKey()) + " is only in the copy");
            }
            if (!original.isSame(copy.getValue())) {
                return Optional.of(name(copy.getKey()) + " has " + original.count() + " records, in the copy "
                        + copy.getValue().count()
                        + (original.count() == copy.getValue().count() ? ", not the same or in another order" : ""));
            }
        }
        return missing.keySet().stream().findFirst().map(key -> name(key) + " is not in the copy");
    }

    /** How many records the original has. */
    long records() {
        return records;
    }

    /** How many keys they have. */
    int keys() {
        return originals.size();
    }

    /**
     * Where a group goes on in each partition of the copy.
     *
     * @param ends of the partitions of the copy
     */
    Map<TopicPartition, Long> places(String group, Map<TopicPartition, Long> ends) {
        var found = places.getOrDefault(group, Map.of());
        var all = new HashMap<TopicPartition, Long>();
        ends.forEach((partition, end) -> all.put(partition, found.getOrDefault(partition.partition(), end)));
        return all;
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] key = record.key();
        return key == null ? NO_KEY : '=' + new String(key, StandardCharsets.ISO_8859_1);
    }

    private static String name(String key) {
        return key.equals(NO_KEY) ? "what has no key" : "key " + key.substring(1);
    }
}
