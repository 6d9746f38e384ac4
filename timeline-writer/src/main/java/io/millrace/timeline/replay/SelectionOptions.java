package io.millrace.timeline.replay;

import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What of the log a command is about; without any of these, everything. */
final class SelectionOptions {
    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Option(
            names = "--partition",
            paramLabel = "N,…",
            hideParamSyntax = true,
            split = ",",
            description = "Only these partitions of each topic.")
    private Set<Integer> partitions = Set.of();

    Selection selection() {
        return new Selection(keys.users(), keys.conversations(), partitions);
    }
}
