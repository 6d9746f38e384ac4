package io.millrace.service.auth;

import io.millrace.schemas.record.Revocation;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens that are no longer honoured, read whole from the log and followed on a thread of its own. Not ready until
 * the end was reached once. Thread-safe.
 */
public final class Revocations implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Revocations.class);
    private static final String USER = "user:";
    private static final String TOKEN = "token:";

    private final Map<String, Long> notBefore = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final KafkaConsumer<String, Revocation> consumer;
    private final Thread thread = new Thread(this::run, "revocations");
    private volatile boolean ready;
    private volatile boolean closed;

    /** @param consumerSettings of a consumer; group and offsets are not used */
    public Revocations(Map<String, Object> consumerSettings, Deserializer<Revocation> deserializer) {
        var settings = new HashMap<>(consumerSettings);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), deserializer);
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether everything that was revoked before the start is known. */
    public boolean isReady() {
        return ready;
    }

    /** Whether this token was revoked by itself or with all tokens that its user got before an instant. */
    public boolean isRevoked(VerifiedToken token) {
        var user = notBefore.get(USER + token.user());
        return (user != null && token.issuedAt().toEpochMilli() < user)
                || (token.tokenId() != null && notBefore.containsKey(TOKEN + token.tokenId()));
    }

    /** Calls back, on the reading thread, after revocations arrived: check the open sessions again. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        consumer.wakeup();
        thread.join(Duration.ofSeconds(5).toMillis());
    }

    private void run() {
        var partition = new TopicPartition(TopicCatalogue.REVOCATIONS.name(), 0);
        try (consumer) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (!closed) {
                follow(partition);
            }
        } catch (WakeupException e) {
            LOGGER.atDebug().log("revocations closed");
        }
    }

    private void follow(TopicPartition partition) {
        try {
            if (!ready) {
                long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
                ready = consumer.position(partition) >= end;
            }
            var records = consumer.poll(Duration.ofMillis(ready ? 1000 : 50));
            records.forEach(r -> apply(r.key(), r.value()));
            if (!records.isEmpty()) {
                listeners.forEach(Runnable::run);
            }
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            // Transient: the broker or the registry is away. What is known stays in force; the poll is repeated.
            LOGGER.atWarn().addKeyValue("error", e.toString()).log("revocations not read, trying again");
        }
    }

    private void apply(String key, Revocation revocation) {
        if (revocation == null) {
            notBefore.remove(key);
        } else {
            notBefore.put(key, revocation.getNotBefore().toEpochMilli());
        }
    }
}
