package io.millrace.localstack;

import io.millrace.localstack.part.StackException;
import io.millrace.localstack.part.StackException.Trouble;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** Everything a stack keeps: storage, settings, secrets and logs of its parts. It belongs to one running stack at a time. */
final class DataDirectory implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rw-------");
    private static final int SECRET_BYTES = 32;

    private final Path root;
    private @Nullable FileChannel lock;

    DataDirectory(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    Path root() {
        return root;
    }

    Path of(String part) {
        return root.resolve(part);
    }

    Path logs() {
        return root.resolve("logs");
    }

    /**
     * Takes it for this process until {@link #close}, or until this process is gone.
     *
     * @throws StackException if another stack has it
     */
    synchronized void take() {
        try {
            Files.createDirectories(logs());
            var channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                throw new StackException(
                        Trouble.DATA_IN_USE,
                        "a stack with the data directory " + root
                                + " is running already; ./millrace down ends it, --data DIR makes another");
            }
            lock = channel;
        } catch (IOException e) {
            throw new StackException(
                    Trouble.DATA_UNUSABLE,
                    "the data directory " + root + " cannot be used (" + e + "); take --data DIR",
                    e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // a stack of this very process
        }
    }

    /** A file with a random secret (base64 text), made the first time and readable by its owner alone. */
    Path secret(String name) {
        var file = root.resolve("secrets").resolve(name);
        if (!Files.exists(file)) {
            var bytes = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(bytes);
            write(file, Base64.getEncoder().encodeToString(bytes) + "\n");
        }
        return file;
    }

    /** What the brokers of this stack are formatted with; made the first time. */
    String clusterId() throws IOException {
        var file = root.resolve("cluster-id");
        synchronized (this) {
            if (!Files.exists(file)) {
                write(file, Uuid.randomUuid() + "\n");
            }
        }
        return Files.readString(file).strip();
    }

    /** Writes a file that its owner alone may read; it is there whole or not at all. */
    void write(Path file, String content) {
        try {
            var directory = file.toAbsolutePath().getParent();
            Files.createDirectories(directory);
            var draft =
                    Files.createTempFile(directory, ".draft", null, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
            Files.writeString(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StackException(Trouble.DATA_UNUSABLE, file + " cannot be written: " + e, e);
        }
    }

    /** Tells other processes about the stack that has taken it; nothing is told before and after. */
    synchronized void announce(Supplier<String> content) {
        if (lock != null) {
            write(RunFile.in(root), content.get());
        }
    }

    @Override
    public synchronized void close() {
        var held = lock;
        lock = null;
        if (held != null) {
            try {
                Files.deleteIfExists(RunFile.in(root));
                held.close();
            } catch (IOException e) {
                throw new StackException(Trouble.DATA_UNUSABLE, root + " cannot be let go: " + e, e);
            }
        }
    }
}
