package io.millrace.benchmarks.stage;

import io.millrace.localstack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code ./millrace replay rebuild} on a stack, into a keyspace beside the live one. For one thread. */
public final class Rebuild implements AutoCloseable {
    private static final Pattern DONE = Pattern.compile("([\\d,]+) records in ([\\d.]+) s");

    private final Program program;
    private final Path progress;

    private Rebuild(Program program, Path progress) {
        this.program = program;
        this.progress = progress;
    }

    /**
     * What it came to, as it says itself: from when it is connected to when everything is written.
     *
     * @param records that were written; what was only read to know the heads does not count
     */
    public record Outcome(double records, double seconds) {}

    /** @param more options of the command */
    public static Rebuild start(TestBed bed, String keyspace, List<String> more) throws IOException {
        var directory = bed.options().data().resolve("rebuilds").resolve(keyspace);
        var arguments = new ArrayList<>(List.of("rebuild", "--keyspace", keyspace, "--state", directory.toString()));
        arguments.addAll(more);
        // As ./millrace replay has it.
        var options = List.of(
                "-Xms1g",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dmillrace.data=" + bed.options().data());
        return new Rebuild(
                Program.start(
                        "the rebuild",
                        options,
                        LocalStack.jarsIn(Checkout.directory(), "timeline-writer"),
                        "io.millrace.timeline.replay.ReplayMain",
                        arguments,
                        directory.resolve("output")),
                directory.resolve("rebuild-" + keyspace + ".json"));
    }

    public long pid() {
        return program.pid();
    }

    /** Whether it has told how far it is, which it does from when it writes. */
    public boolean isWriting() {
        return Files.exists(progress);
    }

    public Outcome await() throws IOException, InterruptedException {
        var text = program.await();
        var done = DONE.matcher(text);
        if (!done.find()) {
            throw new IOException("the rebuild does not say what it did: " + text);
        }
        return new Outcome(Double.parseDouble(done.group(1).replace(",", "")), Double.parseDouble(done.group(2)));
    }

    @Override
    public void close() throws InterruptedException {
        program.close();
    }
}
