package io.millrace.timeline.replay;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** How a comparison is done. */
final class VerificationOptions {
    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Partitions that are in memory at once (${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--slices",
            paramLabel = "N",
            defaultValue = "1",
            description = "Take each partition in N parts: the log is read N times, and less is in memory"
                    + " (${DEFAULT-VALUE}).")
    private int slices;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "A row differs only if it still does so after that time (${DEFAULT-VALUE}).")
    private double settle;

    @Option(
            names = "--show",
            paramLabel = "N",
            defaultValue = "20",
            description = "Print so many differing rows at most (${DEFAULT-VALUE}).")
    private int show;

    Verification.Options checked(CommandLine command) {
        if (threads < 1 || slices < 1 || settle < 0 || show < 0) {
            throw new CommandLine.ParameterException(
                    command, "--threads and --slices are at least 1, --settle and --show are not negative");
        }
        return new Verification.Options(threads, slices, Duration.ofMillis(Math.round(settle * 1000)), show);
    }

    int show() {
        return show;
    }
}
