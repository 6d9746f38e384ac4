package io.millrace.guarantees.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command of the operating system that ends by itself. */
final class SystemCommand {
    private SystemCommand() {}

    /**
     * Runs it to its end and returns what it printed.
     *
     * @throws IOException if there is no such command or it fails, with its output
     */
    static String run(String... line) throws IOException, InterruptedException {
        var process = new ProcessBuilder(line).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int exitCode = process.waitFor();
        if (exitCode != 0) {
            throw new IOException(String.join(" ", List.of(line)) + " ended with " + exitCode + ": " + output);
        }
        return output;
    }
}
