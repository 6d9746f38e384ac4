package io.millrace.timeline.replay;

import io.millrace.schemas.topic.TopicSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** Reads an export whose files are what its manifest says. */
final class SliceReader {
    private final Path directory;
    private final SliceManifest manifest;

    /** @throws ReplayException if a file is missing or another one than was exported */
    SliceReader(Path directory, SliceManifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
        for (var file : manifest.files()) {
            var path = directory.resolve(file.name());
            try {
                if (!file.name().equals(file.topic() + ".avro") || !Files.exists(path)) {
                    throw new ReplayException(directory + " has no " + file.topic() + ".avro");
                }
                if (Files.size(path) != file.bytes() || !Checksum.of(path).equals(file.sha256())) {
                    throw new ReplayException(path + " is not what was exported: its checksum differs");
                }
            } catch (IOException e) {
                throw new ReplayException(path + " cannot be read", e);
            }
        }
    }

    /** Takes a record. */
    interface Taker<T> {
        void take(T record);
    }

    /** Every record of a topic, in the order of its log, by key. */
    <T extends SpecificRecord> void forEach(TopicSpec<T> topic, Taker<T> taker) {
        var file = manifest.files().stream()
                .filter(each -> each.topic().equals(topic.name()))
                .findFirst()
                .orElseThrow(() -> new ReplayException("the manifest has no file of " + topic.name()));
        long records = 0;
        var schema = SpecificData.get().getSchema(topic.value());
        var reader = new SpecificDatumReader<T>(schema, schema, SpecificData.getForSchema(schema));
        try (var in = new DataFileStream<>(Files.newInputStream(directory.resolve(file.name())), reader)) {
            for (T record : in) {
                records++;
                taker.take(record);
            }
        } catch (IOException | AvroRuntimeException e) {
            throw new ReplayException(file.name() + " cannot be read by this build", e);
        }
        if (records != file.records()) {
            throw new ReplayException(
                    file.name() + " has " + records + " records, the manifest says " + file.records());
        }
    }
}
