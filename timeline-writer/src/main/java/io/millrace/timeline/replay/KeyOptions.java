package io.millrace.timeline.replay;

import java.util.Set;
import picocli.CommandLine.Option;

/** Whose records; without either, everybody's. */
final class KeyOptions {
    @Option(
            names = "--user",
            paramLabel = "ID,…",
            hideParamSyntax = true,
            split = ",",
            description = "Only timelines of these users, and the conversations of --conversation.")
    private Set<String> users = Set.of();

    @Option(
            names = "--conversation",
            paramLabel = "ID,…",
            hideParamSyntax = true,
            split = ",",
            description = "Only these conversations with their receipts, and the timelines of --user.")
    private Set<String> conversations = Set.of();

    Set<String> users() {
        return Set.copyOf(users);
    }

    Set<String> conversations() {
        return Set.copyOf(conversations);
    }
}
