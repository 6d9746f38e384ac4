package io.millrace.guarantees.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Removes directories, or what is in them. */
public final class Directories {
    private Directories() {}

    /** Does nothing if there is none. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(each);
            }
        }
    }

    /** Leaves the directory itself. */
    public static void empty(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                delete(each);
            }
        }
    }
}
