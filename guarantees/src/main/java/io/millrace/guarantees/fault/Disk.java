package io.millrace.guarantees.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A file system of its own for one part, small enough to be filled. To mount one takes root. */
public final class Disk implements AutoCloseable {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");
    private static final int PIECE = 1 << 20;

    private final Path directory;

    private Disk(Path directory) {
        this.directory = directory;
    }

    /** An empty one at a directory, which is made if there is none. */
    static Disk mount(Path directory, int mib) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        SystemCommand.run("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "none", directory.toString());
        return new Disk(directory);
    }

    /** Why none can be mounted here; empty if one can. */
    static Optional<String> trouble() throws IOException, InterruptedException {
        var trial = Files.createTempDirectory("disk");
        try {
            mount(trial, 1).close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("no file system can be mounted here, which takes root");
        } finally {
            Files.delete(trial);
        }
    }

    /** Takes away what an earlier run left mounted somewhere below a directory. */
    public static void unmountBelow(Path directory) throws IOException, InterruptedException {
        if (!Files.exists(MOUNTS)) {
            return;
        }
        var below = new ArrayList<String>();
        for (String line : Files.readAllLines(MOUNTS)) {
            var point = line.split(" ")[1];
            if (Path.of(point).startsWith(directory)) {
                below.add(point);
            }
        }
        Collections.reverse(below);
        for (String point : below) {
            SystemCommand.run("umount", "--lazy", point);
        }
    }

    /** Leaves no byte free. */
    void fill() throws IOException {
        try (var channel = FileChannel.open(
                filler(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            for (int size : List.of(PIECE, 512)) {
                append(channel, size);
            }
        }
    }

    private static void append(FileChannel channel, int size) throws IOException {
        try {
            while (true) {
                channel.write(ByteBuffer.allocate(size));
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    /** Gives back what {@link #fill} took. */
    void free() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return directory.resolve("filler");
    }

    @Override
    public void close() throws IOException {
        try {
            SystemCommand.run("umount", "--lazy", directory.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
