package io.millrace.localstack.endtoend;

import io.millrace.localstack.BuiltParts;
import io.millrace.localstack.LocalStack;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code ./millrace replay}, as a process of its own beside a stack. */
final class ReplayCommand {
    private final LocalStack stack;
    private final Path directory;

    /** @param directory that progress and what is printed are kept in */
    ReplayCommand(LocalStack stack, Path directory) {
        this.stack = stack;
        this.directory = directory;
    }

    /** How a run ended, what it printed, and what it said besides. */
    record Answer(int exitCode, String output, String errors) {}

    /** A run that goes on. */
    record Running(Process process, Path output, Path errors) {
        Answer await() throws IOException, InterruptedException {
            int exitCode = process.waitFor();
            return new Answer(exitCode, Files.readString(output), Files.readString(errors));
        }
    }

    Answer run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    /** With memory of what was equal. */
    Answer verify(String... more) throws IOException, InterruptedException {
        return startWith("verify", more).await();
    }

    Answer rebuild(String... more) throws IOException, InterruptedException {
        return startRebuild(more).await();
    }

    /** {@code switch}, after a rebuild of this class. */
    Answer handOver(String... more) throws IOException, InterruptedException {
        return startWith("switch", more).await();
    }

    Running startRebuild(String... more) throws IOException {
        return startWith("rebuild", more);
    }

    private Running startWith(String command, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(command, "--state", directory.toString()));
        arguments.addAll(List.of(more));
        return start(arguments.toArray(String[]::new));
    }

    /** A run that is not waited for. */
    Running start(String... arguments) throws IOException {
        var classPath = BuiltParts.service("timeline-writer").stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        var command = new ArrayList<>(List.of(
                BuiltParts.java().toString(),
                "-Xmx" + System.getProperty("millrace.replay.heap", "256m"),
                "-XX:+UseSerialGC",
                "-Dmillrace.data=" + stack.options().data(),
                "-cp",
                classPath,
                "io.millrace.timeline.replay.ReplayMain"));
        command.addAll(List.of(arguments));
        var output = Files.createTempFile(directory, "replay", ".out");
        var errors = Files.createTempFile(directory, "replay", ".err");
        var builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        // little is kept back, so that a run that is killed soon has something behind it
        builder.environment().put("MILLRACE_TIMELINE_WRITER_SETTLING", "1s");
        return new Running(builder.start(), output, errors);
    }
}
