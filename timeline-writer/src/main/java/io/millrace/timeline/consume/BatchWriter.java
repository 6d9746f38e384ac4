package io.millrace.timeline.consume;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes the records of one partition of one topic, one batch after the other. Used by one thread at a time. */
public interface BatchWriter {
    /**
     * Returns when the batch is in the store, however long it takes.
     *
     * @throws InterruptedException if the partition was taken away; the batch is then not to be committed
     */
    void write(List<ConsumerRecord<String, byte[]>> records) throws InterruptedException;
}
