package io.millrace.webhooks.state;

import io.millrace.schemas.record.WebhookPauseCause;
import io.millrace.schemas.record.WebhookState;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.kafka.FollowedTopic;
import io.millrace.service.kafka.KafkaClientConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The topic {@code webhook-states}, read whole and followed on a thread of its own, and written to. A record that cannot
 * be read pauses its subscriber: nothing is lost by that.
 */
public final class States implements Pauses, AutoCloseable {
    private static final String TOPIC = TopicCatalogue.WEBHOOK_STATES.name();
    /** No name ends so: a key of its own, so that no pause of another process is overwritten. */
    private static final String BEGUN = "/begun";

    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(10);

    private final Map<String, WebhookState> states = new ConcurrentHashMap<>();
    private final Clock clock;
    private final FollowedTopic<WebhookState> topic;
    private final KafkaProducer<String, WebhookState> producer;
    private final Object read = new Object();
    private long readBefore;

    public States(KafkaClientConfig kafka, Clock clock) {
        this.clock = clock;
        this.topic = new FollowedTopic<>(
                TOPIC, kafka.consumer(), kafka.serdes().deserializer(WebhookState.class), new Knowing());
        var settings = kafka.producer();
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) WRITTEN_WITHIN.toMillis());
        this.producer = new KafkaProducer<>(
                settings, new StringSerializer(), kafka.serdes().serializer(WebhookState.class));
    }

    public void start() {
        topic.start();
    }

    /** Whether everything that was said before the start is known. */
    public boolean isReady() {
        return topic.isReady();
    }

    public boolean isAlive() {
        return topic.isAlive();
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
            var place = producer.send(new ProducerRecord<>(TOPIC, key, state))
                    .get(WRITTEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            awaitRead(place.offset());
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new StateUnavailableException("Kafka or the registry does not answer", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        topic.close();
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

    private final class Knowing implements FollowedTopic.Reader<WebhookState> {
        @Override
        public void onValue(String key, @Nullable WebhookState state) {
            if (state == null) {
                states.remove(key);
            } else {
                states.put(key, state);
            }
        }

        @Override
        public void onUnreadable(String key) {
            states.put(key, new WebhookState(true, WebhookPauseCause.UNKNOWN, clock.instant()));
        }

        @Override
        public void onReadThrough(long offset) {
            synchronized (read) {
                readBefore = offset + 1;
                read.notifyAll();
            }
        }
    }
}
