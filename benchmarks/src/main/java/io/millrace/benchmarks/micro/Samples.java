package io.millrace.benchmarks.micro;

import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.serde.SchemaRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** A message of two hundred characters on its way, as frame and as records. */
public final class Samples {
    public static final Instant AT = Instant.ofEpochMilli(1_790_000_000_000L);
    public static final String CONVERSATION = "d:alice:bob";

    private static final String TEXT = "x".repeat(200);
    private static final byte[] BODY = utf8("{\"kind\":\"text\",\"text\":\"" + TEXT + "\"}");

    private Samples() {}

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] sendFrame() {
        return utf8("{\"type\":\"send\",\"ref\":4711,\"clientMessageId\":\"0190b6e2-7c1f-7c3a-9d52-0242ac120002\","
                + "\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"text\",\"text\":\"" + TEXT + "\"}}");
    }

    /** The same as the router gets it. */
    public static Command command() {
        return Command.newBuilder()
                .setType(CommandType.SEND)
                .setConversation(CONVERSATION)
                .setUser("alice")
                .setDevice("phone-1")
                .setClientMessageId("0190b6e2-7c1f-7c3a-9d52-0242ac120002")
                .setFingerprint(new Hash128(new byte[16]))
                .setBody(ByteBuffer.wrap(BODY))
                .setBodyKind("text")
                .setReceivedAt(AT)
                .build();
    }

    static ConversationEvent event() {
        return ConversationEvent.newBuilder()
                .setConversation(CONVERSATION)
                .setVersion(4712L)
                .setSeq(4711L)
                .setLastSeq(4711L)
                .setStamp(1_790_000_000_000_000L)
                .setAt(AT)
                .setHash(new Hash128(new byte[16]))
                .setKind(EventKind.MESSAGE)
                .setFrom("alice")
                .setDevice("phone-1")
                .setClientMessageId("0190b6e2-7c1f-7c3a-9d52-0242ac120002")
                .setFingerprint(new Hash128(new byte[16]))
                .setMessageId("01J9Z3K4M5N6P7Q8R9S0T1V2W3")
                .setBody(ByteBuffer.wrap(BODY))
                .setBodyKind("text")
                .build();
    }

    static Decision decision() {
        return Decision.newBuilder()
                .setSession("s-1")
                .setCommand(4711L)
                .setClientMessageId("0190b6e2-7c1f-7c3a-9d52-0242ac120002")
                .setConversation(CONVERSATION)
                .setCode(DecisionCode.POSTED)
                .setSeq(4711L)
                .setVersion(4712L)
                .setMessageId("01J9Z3K4M5N6P7Q8R9S0T1V2W3")
                .setAt(AT)
                .setEntries(2)
                .build();
    }

    /** Knows what it was asked for, as the real one does after the first record. */
    static final class RememberedSchemas implements SchemaRegistry {
        private final Map<Schema, Integer> ids = new ConcurrentHashMap<>();
        private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

        @Override
        public int idOf(String subject, Schema schema) {
            return ids.computeIfAbsent(schema, s -> {
                int id = ids.size() + 1;
                schemas.put(id, s);
                return id;
            });
        }

        @Override
        public Schema byId(int id) {
            var schema = schemas.get(id);
            if (schema == null) {
                throw new IllegalArgumentException("nobody asked for a schema " + id);
            }
            return schema;
        }
    }
}
