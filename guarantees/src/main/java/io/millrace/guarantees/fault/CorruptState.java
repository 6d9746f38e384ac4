package io.millrace.guarantees.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** A router finds other bytes in its stores than it wrote. */
final class CorruptState implements Fault {
    private static final int SPOILT_BYTES = 64;

    private String router = "";

    @Override
    public String name() {
        return "corrupt-state";
    }

    @Override
    public String matrix() {
        return "F20";
    }

    @Override
    public String description() {
        return "a router is stopped, " + SPOILT_BYTES
                + " bytes in the middle of every store file are flipped, started again";
    }

    @Override
    public Duration hold() {
        return Duration.ofSeconds(1);
    }

    @Override
    public boolean endsParts() {
        return true;
    }

    @Override
    public void inject(Scene scene) throws Exception {
        router = scene.someRouter();
        scene.stack().part(router).stop();
        var files = stores(Disks.stateOf(scene.stack().options(), router));
        if (files.isEmpty()) {
            throw new IOException(router + " keeps no store files");
        }
        for (Path file : files) {
            flip(file);
        }
    }

    private static List<Path> stores(Path state) throws IOException {
        try (var all = Files.walk(state)) {
            return all.filter(file -> file.toString().endsWith(".sst")).toList();
        }
    }

    private static void flip(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long at = channel.size() / 3;
            var bytes = ByteBuffer.allocate((int) Math.min(SPOILT_BYTES, channel.size() - at));
            channel.read(bytes, at);
            for (int i = 0; i < bytes.position(); i++) {
                bytes.put(i, (byte) ~bytes.get(i));
            }
            bytes.flip();
            channel.write(bytes, at);
        }
    }

    @Override
    public void heal(Scene scene) throws Exception {
        scene.startAgain(router);
    }

    @Override
    public String where() {
        return router;
    }
}
