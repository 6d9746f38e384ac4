package io.millrace.guarantees.fault;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/**
 * The wall clocks of the parts, each of which can be set wrong while the part runs: a small library stands before the
 * system's in every JVM and adds what a file says. Time since start ({@code System.nanoTime}) is not touched. Making the
 * library takes a C compiler.
 */
public final class Clocks {
    private static final String SOURCE = "clock.c";

    private final Path directory;
    private final Path library;

    private Clocks(Path directory, Path library) {
        this.directory = directory;
        this.library = library;
    }

    /** Makes the library; every clock is right. */
    public static Clocks in(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        var source = directory.resolve(SOURCE);
        try (var in = Clocks.class.getResourceAsStream(SOURCE)) {
            if (in == null) {
                throw new FileNotFoundException(SOURCE + " is not on the class path");
            }
            Files.write(source, in.readAllBytes());
        }
        var library = directory.resolve("clock.so");
        SystemCommand.run("cc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString(), "-ldl");
        return new Clocks(directory, library);
    }

    /** What a part's process must be given. */
    public Map<String, String> environment(String part) throws IOException {
        set(part, Duration.ZERO);
        return Map.of(
                "LD_PRELOAD", library.toString(), "MILLRACE_CLOCK", file(part).toString());
    }

    /** From now on that part's clock is so far ahead of the right time, or behind it. */
    void set(String part, Duration ahead) throws IOException {
        var bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        bytes.putLong(0, ahead.toMillis());
        // In place: the part has the file mapped.
        try (var channel = Files.newByteChannel(file(part), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(bytes);
        }
    }

    private Path file(String part) {
        return directory.resolve(part);
    }
}
