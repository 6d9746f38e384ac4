package io.millrace.guarantees.prove;

import io.millrace.localstack.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is run.
 *
 * @param faults by name; empty for all
 * @param out where journals and reports go
 * @param data of the stack; emptied before
 * @param brokers of the stack: 1, or 3 for copies of everything
 * @param earlier a built checkout of an earlier release, whose routers the run begins with; null for this one alone
 * @param load how long the users act
 */
public record ProofOptions(
        long seed,
        Duration load,
        List<String> faults,
        int perSecond,
        Path out,
        Path data,
        Ports ports,
        int brokers,
        @Nullable Path earlier) {
    public ProofOptions {
        faults = List.copyOf(faults);
    }
}
