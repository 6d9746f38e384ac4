package io.millrace.localstack.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files of the repository, seen from the directory of this module. */
final class Repository {
    static final Path ROOT = Path.of("..");
    private static final List<String> SERVICES =
            List.of("schemas", "service-runtime", "edge-connector", "streams-router", "timeline-writer", "webhooks");

    private Repository() {}

    static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(Path directory, String extension) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(extension))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A main source by its path below {@code src/main/java}, in whichever service it is. */
    static String mainSource(String file) {
        return SERVICES.stream()
                .map(module -> module + "/src/main/java/" + file)
                .filter(source -> Files.exists(ROOT.resolve(source)))
                .map(Repository::read)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no module has " + file));
    }

    /** Main sources of the services, one after the other. */
    static String sources() {
        return SERVICES.stream()
                .flatMap(module -> files(ROOT.resolve(module).resolve("src/main/java"), ".java").stream())
                .map(file -> read(ROOT.relativize(file).toString()))
                .collect(Collectors.joining("\n"));
    }
}
