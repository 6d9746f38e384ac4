package io.millrace.client.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.frame.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** One small JSON file, replaced as a whole. One process at a time may use it. */
public final class FileTimelineStore implements TimelineStore {
    private final Path file;
    private Cursor cursor = Cursor.NONE;
    private long attempt;

    /** @throws UncheckedIOException if the file cannot be read or its directory not be made */
    public FileTimelineStore(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (Files.exists(file)) {
                ObjectNode saved = Json.parseObject(Files.readString(file));
                cursor = new Cursor(Json.textOrNull(saved, "epoch"), Json.number(saved, "position"));
                attempt = Json.number(saved, "attempt");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the timeline cursor " + file, e);
        }
    }

    @Override
    public synchronized Cursor load() {
        return cursor;
    }

    @Override
    public synchronized void save(Cursor next) {
        cursor = next;
        write();
    }

    @Override
    public synchronized long nextAttempt() {
        attempt = Math.max(attempt + 1, System.currentTimeMillis());
        write();
        return attempt;
    }

    private void write() {
        ObjectNode saved = Json.object()
                .put("epoch", cursor.epoch())
                .put("position", cursor.position())
                .put("attempt", attempt);
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.writeString(next, Json.write(saved));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the timeline cursor " + file, e);
        }
    }
}
