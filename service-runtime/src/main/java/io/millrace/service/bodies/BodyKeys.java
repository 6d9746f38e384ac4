package io.millrace.service.bodies;

import io.millrace.schemas.body.KeyRing;
import io.millrace.schemas.record.UserKey;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.kafka.FollowedTopic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of all users, in memory, as the log has them. A key is in the log before the first body that names it, so one
 * that is not here is either on its way or gone for good; which of the two, this class asks the log once for each.
 */
public final class BodyKeys implements Bodies, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(BodyKeys.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final KeyRing ring = new KeyRing();
    private final GoneKeys gone = new GoneKeys();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final FollowedTopic<UserKey> topic;

    /** @param consumerSettings of a consumer; group and offsets are not used */
    public BodyKeys(Map<String, Object> consumerSettings, Deserializer<UserKey> deserializer) {
        this.topic =
                new FollowedTopic<>(TopicCatalogue.USER_KEYS.name(), consumerSettings, deserializer, new Following());
    }

    public void start() {
        topic.start();
    }

    /** Whether every key that was there before the start is known. */
    public boolean isReady() {
        return topic.isReady();
    }

    public boolean isAlive() {
        return topic.isAlive();
    }

    /** What is known now. */
    public KeyRing ring() {
        return ring;
    }

    /** Calls back, on the reading thread, with the user about whom there is news. The listener does not block. */
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    @Override
    public Optional<ByteBuffer> decrypt(String keyId, ByteBuffer body) {
        if (ring.byId(keyId).isEmpty() && !gone.contains(keyId)) {
            lookFor(keyId);
        }
        var clear = ring.decrypt(keyId, body);
        if (clear.isEmpty() && ring.byId(keyId).isPresent()) {
            LOGGER.atError().addKeyValue("key", keyId).log("body is not what was encrypted");
        }
        return clear;
    }

    private void lookFor(String keyId) {
        try {
            topic.caughtUp().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new KeysBehindException("whether key " + keyId + " exists is not known yet");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeysBehindException("interrupted while waiting for key " + keyId);
        }
        if (ring.byId(keyId).isEmpty()) {
            gone.add(keyId);
        }
    }

    @Override
    public void close() throws InterruptedException {
        topic.close();
    }

    private final class Following implements FollowedTopic.Reader<UserKey> {
        @Override
        public void onValue(String key, @Nullable UserKey value) {
            ring.apply(key, value).ifPresent(user -> listeners.forEach(listener -> tell(listener, user)));
        }

        @Override
        public void onUnreadable(String key) {
            // has been logged: nothing is known of it, and what names it is unreadable
        }

        @Override
        public void onReadThrough(long offset) {
            // nobody waits for an offset
        }
    }

    /** A listener that fails must not end the reading. */
    private static void tell(Consumer<String> listener, String user) {
        try {
            listener.accept(user);
        } catch (RuntimeException e) {
            LOGGER.atError().setCause(e).log("listener of keys failed");
        }
    }
}
