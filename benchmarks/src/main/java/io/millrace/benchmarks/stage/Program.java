package io.millrace.benchmarks.stage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A Java program beside the stack, in a JVM of its own, as its users run it. For one thread. */
public final class Program implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path output;

    private Program(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    /**
     * Starts it.
     *
     * @param options of the JVM
     * @param output what it prints, written over
     */
    public static Program start(
            String name,
            List<String> options,
            List<Path> classPath,
            String mainClass,
            List<String> arguments,
            Path output)
            throws IOException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.add("-cp");
        line.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        line.add(mainClass);
        line.addAll(arguments);
        Files.createDirectories(output.toAbsolutePath().getParent());
        var process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Program(name, process, output);
    }

    public long pid() {
        return process.pid();
    }

    /** Waits for its end and answers what it printed. */
    public String await() throws IOException, InterruptedException {
        int exitCode = process.waitFor();
        var text = Files.readString(output);
        if (exitCode != 0) {
            throw new IOException(name + " ended with " + exitCode + ": " + text);
        }
        return text;
    }

    /** Ends it, if it runs. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
