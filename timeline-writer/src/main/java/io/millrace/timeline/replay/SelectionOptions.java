package io.millrace.timeline.replay;

import java.util.Set;
import picocli.CommandLine.Option;

/** What of the log a command is about; without any of these, everything. */
final class SelectionOptions {
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
            description = "Only these conversations, and the timelines of --user.")
    private Set<String> conversations = Set.of();

    @Option(
            names = "--partition",
            paramLabel = "N,…",
            hideParamSyntax = true,
            split = ",",
            description = "Only these partitions of each topic.")
    private Set<Integer> partitions = Set.of();

    Selection selection() {
        return new Selection(users, conversations, partitions);
    }
}
