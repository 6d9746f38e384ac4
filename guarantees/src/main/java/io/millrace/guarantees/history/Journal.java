package io.millrace.guarantees.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What one client wrote down, in the order it happened to it: a file of JSON lines, and the same in memory. Thread-safe. */
public final class Journal implements AutoCloseable {
    private static final String ENDING = ".jsonl";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Line> lines = new ArrayList<>();
    private final BufferedWriter file;

    /** @throws UncheckedIOException if the file cannot be made */
    public Journal(Path directory, String client) {
        try {
            Files.createDirectories(directory);
            file = Files.newBufferedWriter(directory.resolve(client + ENDING));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the journal of " + client + " in " + directory, e);
        }
    }

    /** Keeps a line. */
    public synchronized void write(Line line) {
        lines.add(line);
        try {
            file.write(JSON.writeValueAsString(line));
            file.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException("a journal cannot be written", e);
        }
    }

    /** Everything so far. */
    public synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a journal cannot be finished", e);
        }
    }

    /** The lines of every journal in the directory, file by file. */
    public static List<Line> readAll(Path directory) throws IOException {
        var lines = new ArrayList<Line>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                if (file.getFileName().toString().endsWith(ENDING)) {
                    for (var text : Files.readAllLines(file)) {
                        lines.add(JSON.readValue(text, Line.class));
                    }
                }
            }
        }
        return lines;
    }
}
