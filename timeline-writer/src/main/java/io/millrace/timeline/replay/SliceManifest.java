package io.millrace.timeline.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an export holds, as {@code manifest.json} in it.
 *
 * @param format of the export; 1
 * @param epoch numbering of the log it comes from
 * @param exportedAt when, ISO
 * @param slice what was asked for
 * @param files the files, in the order in which they are imported
 */
record SliceManifest(int format, String epoch, String exportedAt, Slice slice, List<SliceFile> files) {
    static final int FORMAT = 1;
    static final String NAME = "manifest.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    SliceManifest {
        files = List.copyOf(files);
    }

    /**
     * What was asked for.
     *
     * @param users whose timelines; with none and no conversations, everything
     * @param conversations which, with their receipts
     * @param since no record before, ISO; null: from the first
     * @param until no record from then on, ISO; null: to the last
     */
    record Slice(
            Set<String> users,
            Set<String> conversations,
            @Nullable String since,
            @Nullable String until) {
        Slice {
            users = new TreeSet<>(users);
            conversations = new TreeSet<>(conversations);
        }

        /** Whether all of each user and conversation is in it. */
        boolean isWhole() {
            return since == null && until == null;
        }
    }

    /**
     * One Avro container file.
     *
     * @param name in the directory
     * @param topic it comes from
     * @param records how many
     * @param keys of how many conversations or users
     * @param bytes its size
     * @param sha256 of its bytes, hexadecimal
     * @param schema full name of the record
     * @param fingerprint SHA-256 of the parsing canonical form of the schema it is written with, hexadecimal
     * @param schemaIds ids in the registry of the schemas the records came with
     * @param offsets first and last by partition
     * @param firstAt record time of the earliest, ISO; null without records
     * @param lastAt record time of the latest, ISO; null without records
     */
    record SliceFile(
            String name,
            String topic,
            long records,
            long keys,
            long bytes,
            String sha256,
            String schema,
            String fingerprint,
            Set<Integer> schemaIds,
            SortedMap<Integer, List<Long>> offsets,
            @Nullable String firstAt,
            @Nullable String lastAt) {
        SliceFile {
            schemaIds = new TreeSet<>(schemaIds);
            offsets = new TreeMap<>(offsets);
        }
    }

    void write(Path directory) throws IOException {
        JSON.writeValue(directory.resolve(NAME).toFile(), this);
    }

    /** @throws ReplayException if there is none, or none that this build understands */
    static SliceManifest read(Path directory) {
        var file = directory.resolve(NAME);
        try {
            if (!Files.exists(file)) {
                throw new ReplayException(directory + " has no " + NAME + ": it is no export, or was not finished");
            }
            var format = JSON.readTree(file.toFile()).path("format").asInt();
            if (format != FORMAT) {
                throw new ReplayException(file + " is of format " + format + ", this build reads " + FORMAT);
            }
            return JSON.readValue(file.toFile(), SliceManifest.class);
        } catch (IOException e) {
            throw new ReplayException(file + " cannot be read", e);
        }
    }

    /** In the form that {@code sha256sum -c} takes. */
    void writeSums(Path directory, String ofManifest) throws IOException {
        var lines = new StringBuilder();
        files.forEach(file ->
                lines.append(file.sha256()).append("  ").append(file.name()).append('\n'));
        lines.append(ofManifest).append("  ").append(NAME).append('\n');
        Files.writeString(directory.resolve("SHA256SUMS"), lines.toString());
    }

    /** How many records of each topic. */
    Map<String, Long> counts() {
        var counts = new TreeMap<String, Long>();
        files.forEach(file -> counts.put(file.topic(), file.records()));
        return counts;
    }
}
