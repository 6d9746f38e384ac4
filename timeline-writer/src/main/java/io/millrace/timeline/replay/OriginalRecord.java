package io.millrace.timeline.replay;

import io.millrace.schemas.record.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The record that became a dead letter. While its topic still has it, it is taken from there: the letter of a record that
 * did decode holds what the router made of it, and a router that is too old knows less than what was written.
 *
 * @param fromSource whether it comes from its topic, not from the letter
 */
record OriginalRecord(@Nullable ByteBuffer key, @Nullable ByteBuffer value, boolean fromSource) {
    static OriginalRecord of(DeadLetter letter, ReplayLog log) throws InterruptedException {
        var place = new TopicPartition(letter.getTopic(), letter.getPartition());
        var kept = new AtomicReference<ConsumerRecord<String, byte[]>>();
        long offset = letter.getOffset();
        if (log.beginnings(List.of(place)).getOrDefault(place, Long.MAX_VALUE) <= offset) {
            try (var reader = log.reader(place, offset)) {
                if (reader.end() > offset) {
                    reader.readTo(offset + 1, (records, next) -> records.forEach(kept::set));
                }
            }
        }
        var record = kept.get();
        return record != null && isSame(record, letter)
                ? new OriginalRecord(letter.getKey(), wrap(record.value()), true)
                : new OriginalRecord(letter.getKey(), letter.getValue(), false);
    }

    /** Another record may stand there, when the topic was made again. */
    private static boolean isSame(ConsumerRecord<String, byte[]> record, DeadLetter letter) {
        var key = letter.getKey() == null
                ? null
                : StandardCharsets.UTF_8.decode(letter.getKey().duplicate()).toString();
        return record.timestamp() == letter.getTimestamp().toEpochMilli()
                && Objects.equals(record.key(), key)
                && (record.value() == null) == (letter.getValue() == null);
    }

    /**
     * To the partition of its key, which need not be the one that it came from: a foreign producer may have chosen another,
     * and who decides there does not know the conversation.
     */
    ProducerRecord<byte[], byte[]> again(DeadLetter letter) {
        return new ProducerRecord<>(letter.getTopic(), bytes(key), bytes(value));
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    /** A copy of what is in it; null stays null. */
    @SuppressWarnings("NullAway") // Kafka's contract: a record may have neither key nor value
    static byte[] bytes(@Nullable ByteBuffer buffer) {
        return buffer == null
                ? null
                : Arrays.copyOfRange(
                        buffer.array(),
                        buffer.arrayOffset() + buffer.position(),
                        buffer.arrayOffset() + buffer.limit());
    }
}
