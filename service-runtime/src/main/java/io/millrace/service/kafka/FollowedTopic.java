package io.millrace.service.kafka;

import io.millrace.schemas.serde.PoisonRecordException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small compacted topic of one partition, read whole and then followed, on a thread of its own that has the topic's
 * name. While the broker or the registry is away what is known stays in force, and reading is tried again.
 */
public final class FollowedTopic<V> implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(FollowedTopic.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration POLL_BEFORE_READY = Duration.ofMillis(50);

    private final TopicPartition partition;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Deserializer<V> deserializer;
    private final Reader<V> reader;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean ready;

    /** Hears of the records in their order, on the topic's thread. It does not throw. */
    public interface Reader<V> {
        /** @param value null where the key is deleted */
        void onValue(String key, @Nullable V value);

        /** Its bytes are no record of this topic, and never will be. It has been logged. */
        void onUnreadable(String key);

        /** Every record through this offset was told. */
        void onReadThrough(long offset);
    }

    /** @param settings of a consumer; group and offsets are not used */
    public FollowedTopic(String topic, Map<String, Object> settings, Deserializer<V> deserializer, Reader<V> reader) {
        this.partition = new TopicPartition(topic, 0);
        this.deserializer = deserializer;
        this.reader = reader;
        this.thread = new Thread(this::run, topic);
        var own = new HashMap<>(settings);
        own.remove(ConsumerConfig.GROUP_ID_CONFIG);
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.consumer = new KafkaConsumer<>(own, new StringDeserializer(), new ByteArrayDeserializer());
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether everything that was said before the start is known. */
    public boolean isReady() {
        return ready;
    }

    public boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        closing.countDown();
        if (thread.isAlive()) {
            consumer.wakeup();
            thread.join(Duration.ofSeconds(5).toMillis());
        } else {
            consumer.close();
        }
    }

    private void run() {
        try (consumer) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (closing.getCount() > 0) {
                follow();
            }
        } catch (WakeupException e) {
            LOGGER.atDebug().addKeyValue("topic", partition.topic()).log("topic closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() throws InterruptedException {
        try {
            if (!ready) {
                long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
                ready = consumer.position(partition) >= end;
            }
            var records = consumer.poll(ready ? POLL : POLL_BEFORE_READY).records(partition);
            for (var record : records) {
                apply(record);
            }
            if (!records.isEmpty()) {
                reader.onReadThrough(records.get(records.size() - 1).offset());
            }
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            LOGGER.atWarn()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("error", e.toString())
                    .log("topic not read, trying again");
            closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        var key = record.key();
        if (key == null) {
            LOGGER.atError()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("offset", record.offset())
                    .log("record without a key passed over");
            return;
        }
        try {
            reader.onValue(key, deserializer.deserialize(record.topic(), record.value()));
        } catch (PoisonRecordException e) {
            LOGGER.atError()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("error", e.getMessage())
                    .log("record cannot be read");
            reader.onUnreadable(key);
        } catch (RuntimeException e) {
            consumer.seek(partition, record.offset()); // an outage: this record is read again
            throw e;
        }
    }
}
