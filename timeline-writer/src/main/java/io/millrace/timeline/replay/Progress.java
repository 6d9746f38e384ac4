package io.millrace.timeline.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a rebuild is, as a file.
 *
 * @param keyspace into which it writes
 * @param epoch the log: its numbering, and its topics as they were made
 * @param selection text of what is replayed
 * @param tables names of the tables that are written
 * @param complete whether it came to its end
 * @param offsets by topic and partition: every row of the records before is in the store
 */
record Progress(
        String keyspace,
        String epoch,
        String selection,
        List<String> tables,
        boolean complete,
        Map<String, Long> offsets) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Progress {
        tables = List.copyOf(tables);
        offsets = Map.copyOf(offsets);
    }

    /** Whether both are of one rebuild, however far. */
    boolean isOf(Progress other) {
        return keyspace.equals(other.keyspace)
                && epoch.equals(other.epoch)
                && selection.equals(other.selection)
                && tables.equals(other.tables);
    }

    Progress at(Map<String, Long> newOffsets, boolean nowComplete) {
        return new Progress(keyspace, epoch, selection, tables, nowComplete, newOffsets);
    }

    /** Empty where there is no such file. */
    static Optional<Progress> read(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), Progress.class)) : Optional.empty();
    }

    /** Replaces the file as a whole: a reader, also one after a crash, finds the old one or the new one. */
    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var draft = file.resolveSibling(file.getFileName() + ".new");
        var sorted = new TreeMap<>(offsets);
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(
                        draft.toFile(),
                        Map.of(
                                "keyspace", keyspace,
                                "epoch", epoch,
                                "selection", selection,
                                "tables", tables,
                                "complete", complete,
                                "offsets", sorted));
        try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
