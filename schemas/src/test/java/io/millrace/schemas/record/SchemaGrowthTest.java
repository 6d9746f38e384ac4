package io.millrace.schemas.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logs outlive releases: this build reads bytes that every earlier schema wrote, and earlier builds read ours. Each
 * directory of {@code golden} is one generation, a schema and bytes per record type. A change of a schema adds a
 * generation ({@code -Dmillrace.golden.write=vN} writes the present one) and never alters one.
 */
class SchemaGrowthTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    static {
        RecordSerdes.at("http://unused"); // generated classes may be loaded by Avro from here on
    }

    record Golden(String generation, Schema schema, byte[] bytes) {
        @Override
        public String toString() {
            return generation + "/" + schema.getName();
        }
    }

    static Stream<Golden> golden() throws IOException {
        try (var files = Files.walk(GOLDEN)) {
            return files.filter(f -> f.toString().endsWith(".avsc")).sorted().toList().stream()
                    .map(SchemaGrowthTest::load);
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void shouldReadWhatTheEarlierSchemaWrote(Golden golden) throws IOException {
        // Given
        var asItWas = read(golden.schema(), golden.schema(), golden.bytes());

        // When
        var now = read(golden.schema(), present(golden), golden.bytes());
        var record = new SpecificDatumReader<SpecificRecord>(golden.schema(), present(golden))
                .read(null, DecoderFactory.get().binaryDecoder(golden.bytes(), null));

        // Then
        assertThat(read(record.getSchema(), record.getSchema(), bytesOf(record)))
                .isEqualTo(now);
        for (var field : golden.schema().getFields()) {
            if (isPrimitive(field.schema())) {
                assertThat(textOf(now, field.name())).as(field.name()).isEqualTo(textOf(asItWas, field.name()));
            }
        }
    }

    /** What a newer schema cannot add fields or symbols to. */
    private static boolean isPrimitive(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> schema.getTypes().stream().allMatch(SchemaGrowthTest::isPrimitive);
            case RECORD, ENUM, ARRAY, MAP -> false;
            default -> true;
        };
    }

    @ParameterizedTest
    @MethodSource("golden")
    void shouldBeReadableByTheEarlierBuild(Golden golden) throws IOException {
        // Given
        var sample = sample(golden.schema().getName());

        // When
        var asTheyReadIt = read(sample.getSchema(), golden.schema(), bytesOf(sample));

        // Then
        assertThat(asTheyReadIt.getSchema()).isEqualTo(golden.schema());
        assertThat(textOf(asTheyReadIt, "clientMessageId"))
                .isEqualTo(textOf(read(sample.getSchema(), sample.getSchema(), bytesOf(sample)), "clientMessageId"));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void shouldBeCompatibleBothWays(Golden golden) {
        // When
        var weRead = SchemaCompatibility.checkReaderWriterCompatibility(present(golden), golden.schema());
        var theyRead = SchemaCompatibility.checkReaderWriterCompatibility(golden.schema(), present(golden));

        // Then
        assertThat(weRead.getType()).as(weRead.getDescription()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(theyRead.getType()).as(theyRead.getDescription()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    /** Also what compatibility would let go: who taps the log may rely on a field for ever. */
    @ParameterizedTest
    @MethodSource("golden")
    void shouldStillHaveEveryFieldOfTheEarlierSchema(Golden golden) {
        assertThat(fields(present(golden), new TreeSet<>())).containsAll(fields(golden.schema(), new TreeSet<>()));
    }

    /** Names of all fields of a record and of those in it, with the record's name before. */
    private static Set<String> fields(Schema schema, Set<String> found) {
        switch (schema.getType()) {
            case RECORD -> {
                for (var field : schema.getFields()) {
                    if (found.add(schema.getName() + "." + field.name())) {
                        fields(field.schema(), found);
                    }
                }
            }
            case ARRAY -> fields(schema.getElementType(), found);
            case UNION -> schema.getTypes().forEach(type -> fields(type, found));
            default -> {} // has no fields
        }
        return found;
    }

    /** Whoever changes a schema keeps what it was: the last generation is the present one. */
    @Test
    void shouldKeepThePresentSchemasAsTheLastGeneration() throws IOException {
        // Given
        var write = System.getProperty("millrace.golden.write");
        if (write != null) {
            write(write);
        }

        // When
        var last = generations().get(generations().size() - 1);

        // Then
        for (var topic : TopicCatalogue.ALL) {
            var sample = sample(topic.value().getSimpleName());
            var golden = load(GOLDEN.resolve(last).resolve(topic.value().getSimpleName() + ".avsc"));
            assertThat(sample.getSchema().toString())
                    .as("the schema of %s changed: write the next generation", golden)
                    .isEqualTo(golden.schema().toString());
            assertThat(HexFormat.of().formatHex(bytesOf(sample)))
                    .as(golden.toString())
                    .isEqualTo(HexFormat.of().formatHex(golden.bytes()));
        }
    }

    private static List<String> generations() throws IOException {
        try (var directories = Files.list(GOLDEN)) {
            return directories.map(d -> d.getFileName().toString()).sorted().toList();
        }
    }

    private static void write(String generation) throws IOException {
        var directory = Files.createDirectories(GOLDEN.resolve(generation));
        for (var sample : Samples.all()) {
            var name = sample.getSchema().getName();
            Files.writeString(
                    directory.resolve(name + ".avsc"), sample.getSchema().toString(true) + "\n");
            Files.writeString(directory.resolve(name + ".hex"), HexFormat.of().formatHex(bytesOf(sample)) + "\n");
        }
    }

    private static Golden load(Path file) {
        try {
            var hex = Files.readString(Path.of(file.toString().replace(".avsc", ".hex")));
            return new Golden(
                    file.getParent().getFileName().toString(),
                    new Schema.Parser().parse(file.toFile()),
                    HexFormat.of().parseHex(hex.strip()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Schema present(Golden golden) {
        return sample(golden.schema().getName()).getSchema();
    }

    private static SpecificRecord sample(String name) {
        return Samples.all().stream()
                .filter(s -> s.getSchema().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sample of " + name + ": a record type never goes away"));
    }

    private static GenericRecord read(Schema writer, Schema reader, byte[] bytes) throws IOException {
        return new GenericDatumReader<GenericRecord>(writer, reader)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }

    private static String textOf(GenericRecord record, String field) {
        return record.hasField(field) ? String.valueOf(record.get(field)) : "";
    }

    private static byte[] bytesOf(SpecificRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
