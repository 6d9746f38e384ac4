package io.millrace.localstack.child;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A class data archive (AppCDS) of one class path, which halves the time to start. The JVM writes it when a child ends
 * in good order; it becomes visible whole or not at all, and its name changes with every jar, so a stale one is never
 * read. Safe beside other processes that share the directory.
 */
final class StartupArchive {
    private final Path directory;
    private final String name;
    private final Path file;
    private final Path draft;

    private StartupArchive(Path directory, String name, String fingerprint) {
        this.directory = directory;
        this.name = name;
        this.file = directory.resolve(name + "-" + fingerprint + ".jsa");
        this.draft =
                directory.resolve(name + "-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".draft.jsa");
    }

    static StartupArchive of(Path directory, String name, JvmCommand command, Path guard) throws IOException {
        return new StartupArchive(directory, name, fingerprint(command, guard));
    }

    /** The JVM option that reads the archive, or, if there is none and {@code write} says so, the one that makes it. */
    List<String> options(boolean write) {
        if (Files.exists(file)) {
            return List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
        }
        return write
                ? List.of("-XX:ArchiveClassesAtExit=" + draft, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : List.of();
    }

    /** Takes the archive that a child wrote into use, or removes what an untimely end left. */
    void settle(boolean endedInGoodOrder) throws IOException {
        if (!Files.exists(draft)) {
            return;
        }
        if (!endedInGoodOrder) {
            Files.delete(draft);
            return;
        }
        try (var old = Files.newDirectoryStream(directory, name + "-????????????????.jsa")) {
            for (var stale : old) {
                Files.deleteIfExists(stale);
            }
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String fingerprint(JvmCommand command, Path guard) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(command.java().toRealPath().toString().getBytes(StandardCharsets.UTF_8));
            describe(command.java().toRealPath(), digest);
            describe(guard, digest);
            for (var jar : command.classPath()) {
                describe(jar, digest);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void describe(Path jar, MessageDigest digest) throws IOException {
        var line = jar + " " + Files.size(jar) + " "
                + Files.getLastModifiedTime(jar).toMillis() + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
}
