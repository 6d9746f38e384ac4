package io.millrace.service.auth;

import io.millrace.schemas.record.Revocation;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.kafka.FollowedTopic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens that are no longer honoured, as the log has them. Not ready until its end was reached once. A revocation that
 * cannot be read revokes everything its key names. Thread-safe.
 */
public final class Revocations implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Revocations.class);

    private final RevokedKeys revoked = new RevokedKeys();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final FollowedTopic<Revocation> topic;

    /** @param consumerSettings of a consumer; group and offsets are not used */
    public Revocations(Map<String, Object> consumerSettings, Deserializer<Revocation> deserializer) {
        this.topic =
                new FollowedTopic<>(TopicCatalogue.REVOCATIONS.name(), consumerSettings, deserializer, new Revoking());
    }

    public void start() {
        topic.start();
    }

    /** Whether everything that was revoked before the start is known. */
    public boolean isReady() {
        return topic.isReady();
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
        topic.close();
    }

    private final class Revoking implements FollowedTopic.Reader<Revocation> {
        @Override
        public void onValue(String key, @Nullable Revocation revocation) {
            if (revocation == null) {
                revoked.lift(key);
            } else {
                revoked.add(key, revocation.getNotBefore());
            }
        }

        @Override
        public void onUnreadable(String key) {
            revoked.addAll(key);
        }

        @Override
        public void onReadThrough(long offset) {
            listeners.forEach(Revocations::tell);
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
