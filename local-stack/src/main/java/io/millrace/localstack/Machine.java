package io.millrace.localstack;

import io.millrace.localstack.part.StackException;
import io.millrace.localstack.part.StackException.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What the machine must have before anything is started: Java 17, memory, disk. */
final class Machine {
    private static final long NEEDED_DISK = 512L << 20;

    private Machine() {}

    /**
     * The {@code java} of a Java 17: the one of {@code MILLRACE_JAVA_HOME}, this process's own, that of
     * {@code JAVA_HOME}, or one of the usual places. Cassandra 5.0 starts on nothing newer.
     */
    static Path java17() {
        var wanted = System.getenv("MILLRACE_JAVA_HOME");
        if (wanted != null) {
            return java17At(Path.of(wanted))
                    .findFirst()
                    .orElseThrow(() ->
                            new StackException(Trouble.WRONG_JAVA, "MILLRACE_JAVA_HOME=" + wanted + " is no Java 17"));
        }
        var homes = Stream.of(System.getProperty("java.home"), System.getenv("JAVA_HOME"))
                .filter(home -> home != null)
                .map(Path::of);
        return Stream.concat(homes, installed())
                .flatMap(Machine::java17At)
                .findFirst()
                .orElseThrow(() -> new StackException(
                        Trouble.WRONG_JAVA,
                        "Cassandra 5.0 needs Java 17 and this is Java "
                                + Runtime.version().feature()
                                + "; install a JDK 17 and say where it is: MILLRACE_JAVA_HOME=DIR"));
    }

    private static Stream<Path> installed() {
        try (var all = Files.list(Path.of("/usr/lib/jvm"))) {
            return all.sorted().toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static Stream<Path> java17At(Path home) {
        var java = home.resolve("bin/java");
        try {
            var release = Files.readString(home.resolve("release"));
            return release.contains("JAVA_VERSION=\"17") && Files.isExecutable(java)
                    ? Stream.of(java.toAbsolutePath())
                    : Stream.empty();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** Requires so much memory to be free, as far as the system tells. */
    static void requireMemory(long bytes) {
        availableMemory().ifPresent(available -> {
            if (available < bytes) {
                throw new StackException(
                        Trouble.NO_MEMORY,
                        String.format(
                                Locale.ROOT,
                                "the stack needs about %d MiB of memory and %d MiB are free; end other programs",
                                bytes >> 20,
                                available >> 20));
            }
        });
    }

    /** Requires the disk of a data directory to have room for a start. */
    static void requireDisk(Path directory) {
        try {
            long usable = Files.getFileStore(directory).getUsableSpace();
            if (usable < NEEDED_DISK) {
                throw new StackException(
                        Trouble.NO_SPACE,
                        String.format(
                                Locale.ROOT,
                                "%s has %d MiB of disk left and the stack needs %d; make room, or take --data DIR",
                                directory,
                                usable >> 20,
                                NEEDED_DISK >> 20));
            }
        } catch (IOException e) {
            throw new StackException(Trouble.DATA_UNUSABLE, directory + " cannot be used: " + e, e);
        }
    }

    private static OptionalLong availableMemory() {
        try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
