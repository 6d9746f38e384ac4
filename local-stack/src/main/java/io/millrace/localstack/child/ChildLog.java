package io.millrace.localstack.child;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.List;

/** What a child wrote to its standard output and error: one file, appended to, the one before it kept as {@code .1}. */
public final class ChildLog {
    private static final long ROTATE_AT_BYTES = 8L << 20;
    private static final int TAIL_BYTES = 64 << 10;

    private final Path file;
    private final long start;

    private ChildLog(Path file, long start) {
        this.file = file;
        this.start = start;
    }

    /** Opens the log for a new child; a large one is put aside first. */
    static ChildLog open(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.exists(file) && Files.size(file) > ROTATE_AT_BYTES) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return new ChildLog(file, Files.exists(file) ? Files.size(file) : 0);
    }

    /** Where it is. */
    public Path file() {
        return file;
    }

    /** The last lines that this child wrote, oldest first; empty if it wrote none or the file cannot be read. */
    public List<String> tail(int lines) {
        var last = new ArrayDeque<String>();
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(Math.max(start, in.length() - TAIL_BYTES));
            var bytes = new byte[(int) Math.min(TAIL_BYTES, in.length() - in.getFilePointer())];
            in.readFully(bytes);
            new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> {
                        if (last.size() == lines) {
                            last.removeFirst();
                        }
                        last.addLast(line);
                    });
        } catch (IOException e) {
            last.addLast("(" + file + " cannot be read: " + e.getMessage() + ")");
        }
        return List.copyOf(last);
    }
}
