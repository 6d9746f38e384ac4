package io.millrace.schemas.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.Samples;
import io.millrace.schemas.serde.RecordSerdes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Whoever follows the recipe of docs/topics.md, with no class of ours, finds the hashes that the records carry. */
class HashRecipeTest {
    static {
        RecordSerdes.at("http://unused"); // the samples may be written by Avro from here on
    }

    private static final Hash128 BEFORE =
            new Hash128(Arrays.copyOf("some hash before it".getBytes(StandardCharsets.UTF_8), 16));

    @Test
    void shouldGiveTheHashOfAnEvent() throws Exception {
        assertThat(followed("event", Samples.event()))
                .isEqualTo(ChainHash.next(BEFORE, Samples.event()).bytes());
    }

    @Test
    void shouldGiveTheHashOfAnEventThatIsNoMessage() throws Exception {
        // Given
        var event = Samples.eventBuilder().setSeq(null).build();

        // Then
        assertThat(followed("event", event))
                .isEqualTo(ChainHash.next(BEFORE, event).bytes());
    }

    @Test
    void shouldGiveTheHashOfAnEntry() throws Exception {
        assertThat(followed("entry", Samples.entry()))
                .isEqualTo(ChainHash.next(BEFORE, Samples.entry()).bytes());
    }

    private static byte[] followed(String name, SpecificRecord record) throws Exception {
        var row = Pattern.compile("(?m)^\\| an? " + name + " \\| (.+) \\|$")
                .matcher(Files.readString(Path.of("../docs/topics.md")));
        assertThat(row.find()).as("the recipe of an " + name).isTrue();
        var generic = generic(record);
        var hashed = new ByteArrayOutputStream();
        var out = new DataOutputStream(hashed);
        out.write(BEFORE.bytes());
        for (var field : row.group(1).replace("`", "").split(", ")) {
            write(generic.get(field), out);
        }
        return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(hashed.toByteArray()), 16);
    }

    private static void write(Object value, DataOutputStream out) throws IOException {
        if (value == null || value instanceof Long) {
            out.writeLong(value == null ? -1 : (Long) value);
        } else if (value instanceof GenericFixed fixed) {
            out.write(fixed.bytes());
        } else {
            assertThat(value).isInstanceOfAny(CharSequence.class, GenericData.EnumSymbol.class);
            var text = value.toString().getBytes(StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
        }
    }

    /** Without the generated class, as a tap sees it. */
    private static GenericRecord generic(SpecificRecord record) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return new GenericDatumReader<GenericRecord>(record.getSchema())
                .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    }
}
