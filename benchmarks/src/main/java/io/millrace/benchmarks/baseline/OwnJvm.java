package io.millrace.benchmarks.baseline;

import io.millrace.localstack.child.ChildJvm;
import io.millrace.localstack.child.JvmCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of this module in a JVM of its own; it ends with this one. */
final class OwnJvm implements AutoCloseable {
    private static final String READY = "millrace.baseline.ready";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOPPING = Duration.ofSeconds(20);
    private static final long LOOK_MS = 50;

    private final ChildJvm child;
    private final Path ready;

    private OwnJvm(ChildJvm child, Path ready) {
        this.child = child;
        this.ready = ready;
    }

    static OwnJvm start(String name, Class<?> program, List<String> memory, List<String> arguments, Path data)
            throws IOException {
        var directory = data.resolve("baselines");
        Files.createDirectories(directory);
        var ready = directory.resolve(name + ".ready");
        Files.deleteIfExists(ready);
        var options = new ArrayList<>(memory);
        options.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlogback.configurationFile=bench-logback.xml",
                "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener",
                "-D" + READY + "=" + ready));
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .toList();
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = new JvmCommand(java, options, classPath, program.getName(), arguments);
        return new OwnJvm(ChildJvm.start(name, command, directory, directory, false), ready);
    }

    /** Called by the program when it does its work. */
    static void tellReady() {
        var file = System.getProperty(READY);
        if (file != null) {
            try {
                Files.createFile(Path.of(file));
            } catch (IOException e) {
                throw new IllegalStateException("cannot tell that it is ready", e);
            }
        }
    }

    void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(ready)) {
            if (!child.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the program is not ready; its last lines: "
                        + String.join("\n", child.log().tail(8)));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    long pid() {
        return child.pid();
    }

    @Override
    public void close() throws InterruptedException {
        try {
            child.stop(STOPPING);
        } catch (IOException e) {
            throw new IllegalStateException("the program cannot be ended", e);
        }
    }
}
