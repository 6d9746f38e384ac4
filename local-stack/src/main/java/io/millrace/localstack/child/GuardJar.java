package io.millrace.localstack.child;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * A jar that holds {@link ChildGuard} alone. The child's class path must consist of jars (a class data archive refuses
 * directories) and must not meet ours, so the class travels by itself.
 */
final class GuardJar {
    private static final String ENTRY = ChildGuard.class.getName().replace('.', '/') + ".class";

    private GuardJar() {}

    /** The jar in that directory, written if it is missing or not this version. Safe beside other processes. */
    static Path in(Path directory) throws IOException {
        var jar = directory.resolve("child-guard.jar");
        var content = content();
        if (!Files.exists(jar) || !Arrays.equals(Files.readAllBytes(jar), content)) {
            Files.createDirectories(directory);
            var draft = Files.createTempFile(directory, "child-guard", ".tmp");
            Files.write(draft, content);
            Files.move(draft, jar, StandardCopyOption.ATOMIC_MOVE);
        }
        return jar;
    }

    private static byte[] content() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var in = ChildGuard.class.getClassLoader().getResourceAsStream(ENTRY);
                var jar = new JarOutputStream(bytes)) {
            if (in == null) {
                throw new IOException(ENTRY + " is not on the class path");
            }
            var entry = new JarEntry(ENTRY);
            entry.setTime(0); // the same bytes every time
            jar.putNextEntry(entry);
            in.transferTo(jar);
        }
        return bytes.toByteArray();
    }
}
