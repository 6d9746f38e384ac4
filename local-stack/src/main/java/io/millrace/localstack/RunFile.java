package io.millrace.localstack;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a running stack tells about itself in its data directory, for the commands of other processes.
 *
 * @param pid of the process that runs the stack
 * @param startedAtMs when that process started, so that a number given to another process later is not mistaken for it
 * @param url of the page
 * @param parts in the order of their start
 */
public record RunFile(long pid, long startedAtMs, String url, List<RunningPart> parts) {
    /** A part: {@code pid} is 0 while it has no JVM. */
    public record RunningPart(String name, int port, String state, long pid) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    static Path in(Path data) {
        return data.resolve("stack.json");
    }

    static RunFile of(LocalStack stack) {
        var self = ProcessHandle.current();
        return new RunFile(
                self.pid(),
                startOf(self),
                stack.edgeUrl(1).toString(),
                stack.parts().stream()
                        .map(part -> new RunningPart(
                                part.name(),
                                part.spec().mainPort(),
                                part.state().name().toLowerCase(Locale.ROOT),
                                part.pid().orElse(0)))
                        .toList());
    }

    String json() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
        } catch (IOException e) {
            throw new IllegalStateException("a record of text and numbers is always JSON", e);
        }
    }

    /** The stack that runs on a data directory now; empty if none does. */
    public static Optional<RunFile> read(Path data) throws IOException {
        var file = in(data);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var found = JSON.readValue(file.toFile(), RunFile.class);
        return found.process().isPresent() ? Optional.of(found) : Optional.empty();
    }

    /** The process that runs the stack, while it lives. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(p -> p.isAlive() && startOf(p) == startedAtMs);
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
