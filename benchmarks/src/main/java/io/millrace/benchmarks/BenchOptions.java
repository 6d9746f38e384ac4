package io.millrace.benchmarks;

import io.millrace.localstack.Pace;
import io.millrace.localstack.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How much of what is measured.
 *
 * @param rate messages a second; where the search for the most begins
 * @param most whether to look for the most that is borne, and to measure that
 * @param time each run is measured for
 * @param warmUp before the first run
 * @param users who talk, two by two
 * @param characters of each message
 * @param baselineTime each baseline is measured for; zero for none of them
 * @param sessions that do nothing, or come back
 * @param members of each kind of group
 * @param missed entries that a device comes back to
 * @param rebuildRate records a second of the rebuild that spares who talk
 * @param reactors threads of the generator
 * @param copyCommit how often the baseline of two copies commits
 * @param out where reports are written
 * @param data of the stack; emptied first
 * @param jvm further options of JVMs, by part
 * @param environment further variables, by part
 */
public record BenchOptions(
        double rate,
        boolean most,
        Duration time,
        Duration warmUp,
        int runs,
        long seed,
        int users,
        int characters,
        Duration baselineTime,
        int sessions,
        List<Integer> members,
        int missed,
        int rebuildRate,
        int reactors,
        Duration copyCommit,
        Pace pace,
        Path out,
        Path data,
        Ports ports,
        Map<String, List<String>> jvm,
        Map<String, Map<String, String>> environment) {
    public BenchOptions {
        members = List.copyOf(members);
        jvm = Map.copyOf(jvm);
        environment = Map.copyOf(environment);
    }

    double seconds() {
        return time.toMillis() / 1e3;
    }
}
