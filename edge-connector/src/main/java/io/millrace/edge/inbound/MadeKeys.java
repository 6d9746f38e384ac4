package io.millrace.edge.inbound;

import io.millrace.schemas.body.BodyKey;
import io.millrace.schemas.body.KeyRing;
import io.millrace.schemas.record.UserKey;
import io.millrace.schemas.record.UserKeyState;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first key of each user, made here if there is none. A key is used once it was read back from the log: the first one
 * there is everybody's, so that edges that make one at the same time encrypt with the same, and no body is in the log
 * before its key.
 *
 * <pre>
 * work ─┬ the user has a key ───────────────────────────────────────────▶ done
 *       └ it has none ─▶ waits ─▶ a key is written ─▶ the key is read ──▶ done, in its order
 * </pre>
 */
public final class MadeKeys implements SealingKeys {
    private static final Logger LOGGER = LoggerFactory.getLogger(MadeKeys.class);
    private static final int ID_BYTES = 16;
    /** So much of one user waits at most; what waits long has been refused meanwhile. */
    private static final int MOST_WAITING = 1000;

    private final KeyRing ring;
    private final LogWriter writer;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /** @param ring as it is read from the log; whoever reads it calls {@link #onChange} */
    public MadeKeys(KeyRing ring, LogWriter writer, Clock clock) {
        this.ring = ring;
        this.writer = writer;
        this.clock = clock;
    }

    /** Where a work stands in a line. */
    private enum Place {
        FIRST,
        BEHIND,
        /** The line is full. */
        NONE,
        /** The line is over: there is a key, or none could be made. */
        TOO_LATE
    }

    /** What waits for the key of one user. Works are done outside its lock, by one thread, also those that come meanwhile. */
    private static final class Line {
        private final Queue<Consumer<Optional<BodyKey>>> works = new ArrayDeque<>();
        private boolean made;
        private boolean begun;
        private boolean over;

        synchronized Place add(Consumer<Optional<BodyKey>> work) {
            if (over) {
                return Place.TOO_LATE;
            }
            if (works.size() >= MOST_WAITING) {
                return Place.NONE;
            }
            works.add(work);
            boolean first = !made;
            made = true;
            return first ? Place.FIRST : Place.BEHIND;
        }

        /** Whether the caller is the one who does what waits. */
        synchronized boolean begin() {
            boolean mine = !begun;
            begun = true;
            return mine;
        }

        /** Null when nothing waits any more; then the line is over. */
        synchronized @Nullable Consumer<Optional<BodyKey>> next() {
            var work = works.poll();
            over = work == null;
            return work;
        }
    }

    @Override
    public boolean areUsed() {
        return true;
    }

    @Override
    public boolean isErased(String user) {
        return ring.isErased(user);
    }

    @Override
    public void give(String user, boolean needed, Consumer<Optional<BodyKey>> work) {
        while (true) {
            if (!lines.containsKey(user)) {
                var key = ring.of(user);
                if (key.isPresent() || !needed) {
                    work.accept(key);
                    return;
                }
            }
            var place = lines.computeIfAbsent(user, u -> new Line()).add(work);
            if (place == Place.FIRST) {
                make(user);
            }
            if (place == Place.NONE) {
                work.accept(Optional.empty());
            }
            if (place != Place.TOO_LATE) {
                onChange(user); // the key may have come before there was a line
                return;
            }
        }
    }

    /** There is news of the user: what waits for its key is done if there is one, or never will be. */
    public void onChange(String user) {
        if (lines.containsKey(user) && (ring.of(user).isPresent() || ring.isErased(user))) {
            end(user);
        }
    }

    private void end(String user) {
        var line = lines.get(user);
        if (line == null || !line.begin()) {
            return;
        }
        for (var work = line.next(); work != null; work = line.next()) {
            doWith(work, ring.of(user));
        }
        lines.remove(user, line);
    }

    /** One that fails must not keep the others from their turn. */
    private static void doWith(Consumer<Optional<BodyKey>> work, Optional<BodyKey> key) {
        try {
            work.accept(key);
        } catch (RuntimeException e) {
            LOGGER.atError().setCause(e).log("command not written");
        }
    }

    private void make(String user) {
        if (!writer.offer(new Making(user, record(user)))) {
            end(user);
        }
    }

    private ProducerRecord<String, SpecificRecord> record(String user) {
        var id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(ID_BYTES));
        var key = UserKey.newBuilder()
                .setState(UserKeyState.KEY)
                .setUser(user)
                .setKey(ByteBuffer.wrap(bytes(BodyKey.BYTES)))
                .setAt(clock.instant())
                .build();
        return new ProducerRecord<>(TopicCatalogue.USER_KEYS.name(), KeyRing.recordOfKey(id), key);
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A key on its way into the log; it comes back as everybody else's. */
    private final class Making implements LogWriter.Job {
        private final String user;
        private final ProducerRecord<String, SpecificRecord> record;

        Making(String user, ProducerRecord<String, SpecificRecord> record) {
            this.user = user;
            this.record = record;
        }

        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public ProducerRecord<String, SpecificRecord> record() {
            return record;
        }

        @Override
        public void onAcknowledged() {
            LOGGER.atDebug().log("key written");
        }

        @Override
        public void onFailed(Exception cause) {
            LOGGER.atWarn().addKeyValue("error", cause.toString()).log("key not written");
            end(user);
        }
    }
}
