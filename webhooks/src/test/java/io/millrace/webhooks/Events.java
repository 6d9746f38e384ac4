package io.millrace.webhooks;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.serde.PoisonRecordException;
import io.millrace.schemas.serde.RecordSerdes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.serialization.Deserializer;

/** Events as the router writes them. */
public final class Events {
    public static final Instant AT = Instant.ofEpochMilli(1_790_000_000_123L);

    static {
        RecordSerdes.at("http://unused"); // generated classes may be loaded by Avro from here on
    }

    private Events() {}

    /** A message whose seq is its version. */
    public static ConversationEvent message(String conversation, long version, String text) {
        return of(conversation, version, EventKind.MESSAGE)
                .setSeq(version)
                .setMessageId("01K5RM9W0Y0000000000000000")
                .setBody(bytes("{\"kind\":\"text\",\"text\":\"" + text + "\"}"))
                .build();
    }

    public static ConversationEvent.Builder of(String conversation, long version, EventKind kind) {
        return ConversationEvent.newBuilder()
                .setConversation(conversation)
                .setVersion(version)
                .setLastSeq(version)
                .setStamp(AT.toEpochMilli() * 1000 + version)
                .setAt(AT)
                .setHash(new Hash128(new byte[16]))
                .setKind(kind)
                .setFrom("alice")
                .setDevice("phone-1")
                .setClientMessageId("c-" + version)
                .setFingerprint(new Hash128(new byte[16]));
    }

    public static byte[] avro(ConversationEvent event) {
        try {
            var buffer = event.toByteBuffer();
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads {@link #avro}; everything else is poison. */
    public static Deserializer<ConversationEvent> deserializer() {
        return (topic, bytes) -> {
            try {
                return ConversationEvent.fromByteBuffer(ByteBuffer.wrap(bytes));
            } catch (IOException | RuntimeException e) {
                throw new PoisonRecordException(PoisonRecordException.Cause.NOT_AVRO, "no event", e);
            }
        };
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
