package io.millrace.timeline.replay;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Reads one partition, on and on. Used by one thread. */
final class LogReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<String, byte[]> consumer;
    private final TopicPartition partition;

    /** Takes over the consumer. */
    LogReader(Consumer<String, byte[]> consumer, TopicPartition partition, long from) {
        this.consumer = consumer;
        this.partition = partition;
        consumer.assign(List.of(partition));
        if (from == 0) {
            consumer.seekToBeginning(List.of(partition));
        } else {
            consumer.seek(partition, from);
        }
    }

    /** Takes a batch. */
    interface Step {
        /**
         * @param records in order, perhaps none
         * @param next offset behind them
         */
        void take(List<ConsumerRecord<String, byte[]>> records, long next) throws InterruptedException;
    }

    /** Where the committed part of the partition ends now. */
    long end() {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** Offset of the record that is read next. */
    long position() {
        return consumer.position(partition);
    }

    /** Reads on to an offset, which must not lie behind the end of the committed part. */
    void readTo(long end, Step step) throws InterruptedException {
        try {
            while (consumer.position(partition) < end) {
                var records = consumer.poll(POLL).records(partition);
                long next = consumer.position(partition);
                int inside = records.size();
                while (inside > 0 && records.get(inside - 1).offset() >= end) {
                    inside--;
                }
                if (inside < records.size()) {
                    next = records.get(inside).offset();
                    consumer.seek(partition, next);
                    step.take(records.subList(0, inside), next);
                    return;
                }
                step.take(records, next);
            }
        } catch (InterruptException e) {
            Thread.interrupted();
            var interrupted = new InterruptedException("interrupted while reading " + partition);
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
