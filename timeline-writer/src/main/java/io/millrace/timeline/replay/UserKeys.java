package io.millrace.timeline.replay;

import io.millrace.schemas.body.KeyLog;
import io.millrace.schemas.body.KeyRing;
import io.millrace.schemas.record.Revocation;
import io.millrace.schemas.record.UserKey;
import io.millrace.schemas.record.UserKeyState;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.kafka.KafkaClientConfig;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** What the topic {@code user-keys} says, and the records by which an operator says what holds for a user. */
final class UserKeys {
    private static final String TOPIC = TopicCatalogue.USER_KEYS.name();
    private static final String REVOCATIONS = TopicCatalogue.REVOCATIONS.name();

    private final KafkaClientConfig kafka;
    private final Serializer<UserKey> keys;
    private final Serializer<Revocation> revocations;
    private final Clock clock = Clock.systemUTC();

    UserKeys(KafkaClientConfig kafka) {
        this.kafka = kafka;
        this.keys = kafka.serdes().serializer(UserKey.class);
        this.revocations = kafka.serdes().serializer(Revocation.class);
    }

    /** As it stands now, read whole. */
    KeyRing read() {
        return read(kafka);
    }

    /** As it stands now, read whole. */
    static KeyRing read(KafkaClientConfig kafka) {
        return KeyLog.read(kafka.consumer(), kafka.serdes().deserializer(UserKey.class));
    }

    ProducerRecord<byte[], byte[]> says(String user, UserKeyState state, String reason) {
        var value = UserKey.newBuilder()
                .setState(state)
                .setUser(user)
                .setAt(clock.instant())
                .setReason(reason)
                .build();
        return record(TOPIC, KeyRing.recordOfUser(user), keys.serialize(TOPIC, value));
    }

    /** No token that the user has now is honoured any more. */
    ProducerRecord<byte[], byte[]> revoked(String user, String reason) {
        var value = new Revocation(clock.instant(), reason);
        return record(REVOCATIONS, "user:" + user, revocations.serialize(REVOCATIONS, value));
    }

    /** Tombstones: the brokers forget the keys. */
    static List<ProducerRecord<byte[], byte[]>> forgotten(List<String> keyIds) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        keyIds.forEach(id -> records.add(record(TOPIC, KeyRing.recordOfKey(id), null)));
        return records;
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, byte @Nullable [] value) {
        return new ProducerRecord<>(topic, 0, key.getBytes(StandardCharsets.UTF_8), value);
    }
}
