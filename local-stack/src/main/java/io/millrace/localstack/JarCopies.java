package io.millrace.localstack;

import io.millrace.localstack.part.StackException;
import io.millrace.localstack.part.StackException.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Copies of the jars that a build replaces: a JVM that runs from the originals would no longer find its classes after
 * the next build. One directory per content, so equal builds share it, and its start-up archive.
 */
final class JarCopies {
    private static final int KEPT = 5;

    private JarCopies() {}

    /** The copies, in the same order; made if they are not there yet. Safe beside other processes. */
    static List<Path> in(Path directory, String name, List<Path> jars) {
        try {
            var home = directory.resolve(name + "-" + fingerprint(jars));
            if (!Files.exists(home)) {
                Files.createDirectories(directory);
                forgetOldest(directory, name);
                var draft = Files.createTempDirectory(directory, ".draft");
                for (var jar : jars) {
                    Files.copy(jar, draft.resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
                }
                publish(draft, home);
            }
            return jars.stream().map(jar -> home.resolve(jar.getFileName())).toList();
        } catch (IOException e) {
            throw new StackException(Trouble.DATA_UNUSABLE, "the jars of " + name + " cannot be copied: " + e, e);
        }
    }

    private static void publish(Path draft, Path home) throws IOException {
        try {
            Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.exists(home)) {
                throw e;
            }
            delete(draft); // another process was quicker
        }
    }

    private static String fingerprint(List<Path> jars) throws IOException {
        var sum = new CRC32();
        for (var jar : jars) {
            sum.update(Files.readAllBytes(jar));
        }
        return Long.toHexString(sum.getValue());
    }

    private static void forgetOldest(Path directory, String name) throws IOException {
        try (var homes = Files.newDirectoryStream(directory, name + "-*")) {
            var byAge = new ArrayList<Path>();
            homes.forEach(byAge::add);
            byAge.sort(Comparator.comparing(home -> home.toFile().lastModified(), Comparator.reverseOrder()));
            for (var old : byAge.subList(Math.min(KEPT, byAge.size()), byAge.size())) {
                delete(old);
            }
        }
    }

    private static void delete(Path home) throws IOException {
        try (var jars = Files.newDirectoryStream(home)) {
            for (var jar : jars) {
                Files.deleteIfExists(jar);
            }
        }
        Files.deleteIfExists(home);
    }
}
