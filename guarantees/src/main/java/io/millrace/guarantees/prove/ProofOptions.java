package io.millrace.guarantees.prove;

import io.millrace.localstack.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is run.
 *
 * @param faults by name; empty for all
 * @param out where journals and reports go
 * @param data of the stack; emptied before
 * @param load how long the users act
 */
public record ProofOptions(
        long seed, Duration load, List<String> faults, int perSecond, Path out, Path data, Ports ports) {
    public ProofOptions {
        faults = List.copyOf(faults);
    }
}
