package io.millrace.timeline.replay;

import io.millrace.schemas.topic.TopicSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Writes records of one topic into an Avro container file, and counts them. */
final class SliceWriter<T extends SpecificRecord> implements AutoCloseable {
    private static final int LEVEL = 6;

    private final TopicSpec<T> topic;
    private final Path file;
    private final Schema schema;
    private final Deserializer<T> deserializer;
    private final UnaryOperator<T> form;
    private final DataFileWriter<T> out;
    private final Set<String> keys = new HashSet<>();
    private final Set<Integer> schemaIds = new TreeSet<>();
    private final TreeMap<Integer, List<Long>> offsets = new TreeMap<>();
    private long records;
    private long firstMs = Long.MAX_VALUE;
    private long lastMs = Long.MIN_VALUE;

    /** @param form what is made of each record before it is written */
    SliceWriter(TopicSpec<T> topic, Deserializer<T> deserializer, UnaryOperator<T> form, Path directory)
            throws IOException {
        this.topic = topic;
        this.form = form;
        this.deserializer = deserializer;
        this.file = directory.resolve(topic.name() + ".avro");
        this.schema = SpecificData.get().getSchema(topic.value());
        this.out = new DataFileWriter<>(new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema)));
        out.setCodec(CodecFactory.deflateCodec(LEVEL));
        out.create(schema, Files.newOutputStream(file));
    }

    /** Returns the record, decoded. */
    T write(ConsumerRecord<String, byte[]> record) throws IOException {
        T value = deserializer.deserialize(record.topic(), record.value());
        out.append(form.apply(value));
        records++;
        keys.add(record.key());
        schemaIds.add(ByteBuffer.wrap(record.value(), 1, 4).getInt());
        offsets.merge(
                record.partition(),
                List.of(record.offset(), record.offset()),
                (before, now) -> List.of(before.get(0), now.get(1)));
        firstMs = Math.min(firstMs, record.timestamp());
        lastMs = Math.max(lastMs, record.timestamp());
        return value;
    }

    /** Ends the file, on the disk. */
    SliceManifest.SliceFile end() throws IOException {
        out.close();
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return new SliceManifest.SliceFile(
                file.getFileName().toString(),
                topic.name(),
                records,
                keys.size(),
                Files.size(file),
                Checksum.of(file),
                schema.getFullName(),
                fingerprint(schema),
                schemaIds,
                offsets,
                records == 0 ? null : Instant.ofEpochMilli(firstMs).toString(),
                records == 0 ? null : Instant.ofEpochMilli(lastMs).toString());
    }

    private static String fingerprint(Schema schema) {
        try {
            return HexFormat.of().formatHex(SchemaNormalization.parsingFingerprint("SHA-256", schema));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
