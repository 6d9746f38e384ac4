package io.millrace.webhooks.state;

import io.millrace.schemas.record.WebhookPauseCause;
import io.millrace.schemas.record.WebhookState;
import io.millrace.schemas.serde.PoisonRecordException;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.kafka.KafkaClientConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@code webhook-states}, read whole and followed on a thread of its own, and written to. A record that cannot
 * be read pauses its subscriber: nothing is lost by that.
 */
public final class States implements Pauses, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(States.class);
    private static final TopicPartition PARTITION = new TopicPartition(TopicCatalogue.WEBHOOK_STATES.name(), 0);
    /** No name ends so: a key of its own, so that no pause of another process is overwritten. */
    private static final String BEGUN = "/begun";

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(10);

    private final Map<String, WebhookState> states = new ConcurrentHashMap<>();
    private final Clock clock;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Deserializer<WebhookState> deserializer;
    private final KafkaProducer<String, WebhookState> producer;
    private final Thread thread = new Thread(this::run, "webhook-states");
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Object read = new Object();
    private long readBefore;
    private volatile boolean ready;

    public States(KafkaClientConfig kafka, Clock clock) {
        this.clock = clock;
        this.deserializer = kafka.serdes().deserializer(WebhookState.class);
        this.consumer = new KafkaConsumer<>(kafka.consumer(), new StringDeserializer(), new ByteArrayDeserializer());
        var settings = kafka.producer();
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) WRITTEN_WITHIN.toMillis());
        this.producer = new KafkaProducer<>(
                settings, new StringSerializer(), kafka.serdes().serializer(WebhookState.class));
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
    public Optional<WebhookState> pauseOf(String subscriber) {
        return Optional.ofNullable(states.get(subscriber)).filter(WebhookState::getPaused);
    }

    @Override
    public void set(String subscriber, boolean paused, WebhookPauseCause cause)
            throws StateUnavailableException, InterruptedException {
        write(subscriber, new WebhookState(paused, cause, clock.instant()));
    }

    @Override
    public boolean hasBegun(String subscriber) {
        return states.containsKey(subscriber + BEGUN);
    }

    @Override
    public void begin(String subscriber) throws StateUnavailableException, InterruptedException {
        write(subscriber + BEGUN, new WebhookState(false, WebhookPauseCause.UNKNOWN, clock.instant()));
    }

    private void write(String key, WebhookState state) throws StateUnavailableException, InterruptedException {
        try {
            var place = producer.send(new ProducerRecord<>(PARTITION.topic(), key, state))
                    .get(WRITTEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            awaitRead(place.offset());
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new StateUnavailableException("Kafka or the registry does not answer", e);
        }
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
        producer.close(Duration.ofSeconds(2));
    }

    private void awaitRead(long offset) throws StateUnavailableException, InterruptedException {
        long deadline = System.nanoTime() + WRITTEN_WITHIN.toNanos();
        synchronized (read) {
            while (readBefore <= offset) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new StateUnavailableException("it is written, and not yet read back");
                }
                TimeUnit.NANOSECONDS.timedWait(read, left);
            }
        }
    }

    private void run() {
        try (consumer) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            while (closing.getCount() > 0) {
                follow();
            }
        } catch (WakeupException e) {
            LOGGER.atDebug().log("states closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() throws InterruptedException {
        try {
            if (!ready) {
                long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
                ready = consumer.position(PARTITION) >= end;
            }
            for (var record : consumer.poll(Duration.ofMillis(ready ? 500 : 50))) {
                apply(record);
                readThrough(record.offset());
            }
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            // Transient: the broker or the registry is away. What is known stays in force; the read is repeated.
            LOGGER.atWarn().addKeyValue("error", e.toString()).log("states not read, trying again");
            closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void readThrough(long offset) {
        synchronized (read) {
            readBefore = offset + 1;
            read.notifyAll();
        }
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        var name = record.key();
        if (name == null) {
            LOGGER.atError().addKeyValue("offset", record.offset()).log("state of no subscriber");
            return;
        }
        try {
            var state = deserializer.deserialize(record.topic(), record.value());
            if (state == null) {
                states.remove(name);
            } else {
                states.put(name, state);
            }
        } catch (PoisonRecordException e) {
            LOGGER.atError()
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("error", e.getMessage())
                    .log("state cannot be read, its subscriber is paused");
            states.put(name, new WebhookState(true, WebhookPauseCause.UNKNOWN, clock.instant()));
        } catch (RuntimeException e) {
            consumer.seek(PARTITION, record.offset()); // an outage: this record is read again
            throw e;
        }
    }
}
