package io.millrace.guarantees.fault;

import io.millrace.guarantees.net.Door;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** An edge may open no file and no socket more, while everybody reconnects. */
final class FewFileDescriptors implements Fault {
    private long pid;
    private String where = "";

    @Override
    public String name() {
        return "few-file-descriptors";
    }

    @Override
    public String matrix() {
        return "F38";
    }

    @Override
    public String description() {
        return "an edge may open nothing more for " + hold().toSeconds() + " s, and every connection is reset";
    }

    @Override
    public Duration hold() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Optional<Means> means() {
        return Optional.of(Means.FILE_LIMITS);
    }

    @Override
    public void inject(Scene scene) throws Exception {
        where = scene.someEdge();
        pid = scene.stack().part(where).pid().orElseThrow(() -> new IOException(where + " is not running"));
        limit(Long.toString(open(pid)));
        scene.doors().forEach(Door::resetAll);
    }

    /** The soft limit alone: whoever is no root may raise it again. */
    private void limit(String soft) throws IOException, InterruptedException {
        SystemCommand.run("prlimit", "--pid", Long.toString(pid), "--nofile=" + soft + ":");
    }

    private static long open(long pid) throws IOException {
        try (var files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return files.count();
        }
    }

    @Override
    public void heal(Scene scene) throws Exception {
        var hard = SystemCommand.run(
                "prlimit", "--pid", Long.toString(pid), "--nofile", "--output=HARD", "--noheadings", "--raw");
        limit(hard.strip());
    }

    @Override
    public String where() {
        return where;
    }
}
