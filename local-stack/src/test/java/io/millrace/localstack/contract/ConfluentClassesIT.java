package io.millrace.localstack.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.SharedStack;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The wire format against Confluent's own classes, both ways, over the registry of the stack. */
@Timeout(180)
final class ConfluentClassesIT {
    private static final String TOPIC = TopicCatalogue.CONVERSATION_EVENTS.name();
    private static final int HEADER = 5;

    private static ConfluentClasses confluent;
    private static String registry;
    private static byte[] posted;

    @BeforeAll
    static void post() throws Exception {
        var stack = SharedStack.running();
        registry = stack.parts().registryUrl();
        posted = PostedEvent.bytes(stack, "你好, Confluent 👍");
        confluent = new ConfluentClasses();
    }

    @AfterAll
    static void close() throws IOException {
        confluent.close();
    }

    @Test
    void shouldBeReadByConfluentsDeserializer() throws IOException {
        // When
        var theirs = confluent.read(registry, TOPIC, posted);

        // Then
        var schema = ConversationEvent.getClassSchema();
        var ours = new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(avro(posted), null));
        assertThat(theirs).isEqualTo(ours.toString()).contains("\"seq\": 1");
    }

    @Test
    void shouldReadWhatConfluentsSerializerWrote() {
        // When
        var theirs = confluent.write(
                registry, TOPIC, ConversationEvent.getClassSchema().toString(), avro(posted));

        // Then
        assertThat(theirs).isEqualTo(posted);
        try (var deserializer = RecordSerdes.at(registry).deserializer(ConversationEvent.class)) {
            assertThat(deserializer.deserialize(TOPIC, theirs).getSeq()).isEqualTo(1);
        }
    }

    @Test
    void shouldUseConfluentsClassesWhenTheSettingNamesThem() {
        assertThat(confluent.readAndWriteBySetting(registry, TOPIC, posted)).isEqualTo(posted);
    }

    @Test
    void shouldStartWithMagicByteAndSchemaId() {
        assertThat(posted[0]).isZero();
        assertThat(ByteBuffer.wrap(posted, 1, Integer.BYTES).getInt()).isPositive();
    }

    private static byte[] avro(byte[] record) {
        return Arrays.copyOfRange(record, HEADER, record.length);
    }
}
