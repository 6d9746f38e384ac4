package io.millrace.service.auth;

import io.millrace.schemas.record.Revocation;
import io.millrace.schemas.serde.PoisonRecordException;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens that are no longer honoured, read whole from the log and followed on a thread of its own. Not ready until
 * the end was reached once. A revocation that cannot be read revokes everything its key names. Thread-safe.
 */
public final class Revocations implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Revocations.class);
    private static final TopicPartition PARTITION = new TopicPartition(TopicCatalogue.REVOCATIONS.name(), 0);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final RevokedKeys revoked = new RevokedKeys();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final KafkaConsumer<String, byte[]> consumer;
    private final Deserializer<Revocation> deserializer;
    private final Thread thread = new Thread(this::run, "revocations");
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean ready;

    /** @param consumerSettings of a consumer; group and offsets are not used */
    public Revocations(Map<String, Object> consumerSettings, Deserializer<Revocation> deserializer) {
        var settings = new HashMap<>(consumerSettings);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.deserializer = deserializer;
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
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
        return revoked.covers(token);
    }

    /** Calls back, on the reading thread, after revocations arrived: check the open sessions again. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
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
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            while (closing.getCount() > 0) {
                follow();
            }
        } catch (WakeupException e) {
            LOGGER.atDebug().log("revocations closed");
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
            var records = consumer.poll(Duration.ofMillis(ready ? 1000 : 50));
            for (var record : records) {
                apply(record);
            }
            if (!records.isEmpty()) {
                listeners.forEach(Revocations::tell);
            }
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            // Transient: the broker or the registry is away. What is known stays in force; the read is repeated.
            LOGGER.atWarn().addKeyValue("error", e.toString()).log("revocations not read, trying again");
            closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            LOGGER.atError().addKeyValue("offset", record.offset()).log("revocation without a key revokes nothing");
            return;
        }
        try {
            var revocation = deserializer.deserialize(record.topic(), record.value());
            if (revocation == null) {
                revoked.lift(record.key());
            } else {
                revoked.add(record.key(), revocation.getNotBefore());
            }
        } catch (PoisonRecordException e) {
            LOGGER.atError()
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("error", e.getMessage())
                    .log("revocation cannot be read, all that its key names is revoked");
            revoked.addAll(record.key());
        } catch (RuntimeException e) {
            consumer.seek(PARTITION, record.offset()); // an outage: this record is read again
            throw e;
        }
    }

    /** A listener that fails must not keep the others from closing their sessions. */
    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOGGER.atError().setCause(e).log("listener of revocations failed");
        }
    }
}
