package io.millrace.service.kafka;

import io.millrace.schemas.serde.PoisonRecordException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
    /** Whoever waits for everything that the topic had when it asked. */
    private final AtomicReference<@Nullable CompletableFuture<Void>> asked = new AtomicReference<>();

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

    /**
     * Done when everything that the topic has now was told. While the broker is away it is not done, and never once this
     * is closed: wait for a bounded time.
     */
    public CompletableFuture<Void> caughtUp() {
        var mine = new CompletableFuture<Void>();
        var all = asked.accumulateAndGet(mine, (waiting, one) -> waiting == null ? one : waiting);
        if (all == mine) {
            consumer.wakeup();
        }
        return all == null ? mine : all.copy();
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
            LOGGER.atDebug().addKeyValue("topic", partition.topic()).log("topic closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() throws InterruptedException {
        try {
            catchUp();
            if (!ready) {
                long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
                ready = consumer.position(partition) >= end;
            }
            poll(ready ? POLL : POLL_BEFORE_READY);
        } catch (WakeupException e) {
            LOGGER.atTrace().addKeyValue("topic", partition.topic()).log("topic asked for, or closed");
        } catch (RuntimeException e) {
            LOGGER.atWarn()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("error", e.toString())
                    .log("topic not read, trying again");
            closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void poll(Duration patience) {
        var records = consumer.poll(patience).records(partition);
        for (var record : records) {
            apply(record);
        }
        if (!records.isEmpty()) {
            reader.onReadThrough(records.get(records.size() - 1).offset());
        }
    }

    /** Who asks from now on waits for a later end. */
    private void catchUp() {
        var waiting = asked.get();
        if (waiting == null || !asked.compareAndSet(waiting, null)) {
            return;
        }
        try {
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (closing.getCount() > 0 && consumer.position(partition) < end) {
                poll(POLL_BEFORE_READY);
            }
            waiting.complete(null);
        } catch (RuntimeException e) {
            // tried again, together with whoever asked meanwhile
            var others = asked.getAndSet(waiting);
            if (others != null) {
                var unused = waiting.thenRun(() -> others.complete(null));
            }
            throw e;
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
