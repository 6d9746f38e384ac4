package io.millrace.edge.lane;

import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.serde.PoisonRecordException;
import io.millrace.schemas.serde.RegistryUnavailableException;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one lane for one life, on a thread of its own, from the end as a read-committed reader sees it. It belongs to no
 * consumer group and commits nothing. Records of other edges on the lane are skipped by their key, undecoded.
 */
final class LaneReader implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LaneReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final EdgeLife life;
    private final Consumer<String, byte[]> consumer;
    private final Deserializer<Delivery> deserializer;
    private final DeliverySink sink;
    private final LaneMetrics metrics;
    private final Thread thread;
    private volatile boolean closed;

    private LaneReader(
            EdgeLife life,
            Consumer<String, byte[]> consumer,
            Deserializer<Delivery> deserializer,
            DeliverySink sink,
            LaneMetrics metrics) {
        this.life = life;
        this.consumer = consumer;
        this.deserializer = deserializer;
        this.sink = sink;
        this.metrics = metrics;
        this.thread = new Thread(this::run, "lane-" + life.lane());
        this.thread.setDaemon(true);
    }

    /**
     * Opens the lane. When it returns the position is fixed: everything written from now on will be read.
     *
     * @throws KafkaException if the broker does not answer in time
     */
    static LaneReader open(
            EdgeLife life,
            Map<String, Object> consumerSettings,
            Deserializer<Delivery> deserializer,
            DeliverySink sink,
            LaneMetrics metrics) {
        var settings = new HashMap<>(consumerSettings);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1000);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            var partition = new TopicPartition(TopicCatalogue.DELIVERIES.name(), life.lane());
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            // seekToEnd is lazy: only asking for the position fixes it.
            long position = consumer.position(partition);
            LOGGER.atInfo()
                    .addKeyValue("edge", life.id())
                    .addKeyValue("partition", life.lane())
                    .addKeyValue("offset", position)
                    .log("lane opened");
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
        var reader = new LaneReader(life, consumer, deserializer, sink, metrics);
        reader.thread.start();
        return reader;
    }

    private void run() {
        try (consumer) {
            while (!closed) {
                try {
                    for (var record : consumer.poll(POLL)) {
                        take(record);
                    }
                } catch (WakeupException e) {
                    LOGGER.atDebug().log("lane closed");
                } catch (KafkaException e) {
                    // Transient: the broker is away. No probe comes back meanwhile, so the edge turns not ready.
                    LOGGER.atWarn().addKeyValue("error", e.toString()).log("lane not read, trying again");
                    pause();
                }
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (!life.id().equals(record.key())) {
            return;
        }
        while (!closed) {
            try {
                var delivery = deserializer.deserialize(record.topic(), record.value());
                metrics.delivered(delivery.getKind());
                sink.onDelivery(delivery);
                return;
            } catch (RegistryUnavailableException e) {
                LOGGER.atWarn().addKeyValue("error", e.toString()).log("registry away, lane waits");
                pause();
            } catch (PoisonRecordException e) {
                // A delivery is a hint: skipping one costs delay, the device pulls. Somebody must look all the same.
                metrics.poisoned();
                LOGGER.atError()
                        .addKeyValue("partition", record.partition())
                        .addKeyValue("offset", record.offset())
                        .addKeyValue("error", e.toString())
                        .log("delivery not readable, skipped");
                return;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /** Stops reading; returns when the thread ended, at the latest after two seconds. May be called by the lane's own thread. */
    @Override
    public void close() {
        closed = true;
        if (Thread.currentThread() == thread) {
            return;
        }
        consumer.wakeup();
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
