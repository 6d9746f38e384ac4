package io.millrace.benchmarks;

import io.millrace.localstack.Pace;
import io.millrace.localstack.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the command that every scenario takes, or leaves alone. */
final class CommandLineOptions {
    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100",
            description = "Messages a second; where --max begins (${DEFAULT-VALUE}).")
    private double rate;

    @Option(names = "--max", description = "Look for the most that is borne, and measure that.")
    private boolean most;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long each run is measured (60; soak: 3600; jmh: 5 for each function).")
    private @Nullable Integer seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "60",
            description = "Before anything counts: compilers take half a core for a minute (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1",
            description = "Runs; medians are told (${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Who writes to whom (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--users", paramLabel = "N", defaultValue = "500", description = "Who talk (${DEFAULT-VALUE}).")
    private int users;

    @Option(
            names = "--characters",
            paramLabel = "N",
            defaultValue = "200",
            description = "Length of a message's text (${DEFAULT-VALUE}).")
    private int characters;

    @Option(names = "--sessions", paramLabel = "N", defaultValue = "15000", description = "Of idle (${DEFAULT-VALUE}).")
    private int sessions;

    @Option(
            names = "--members",
            paramLabel = "N,…",
            split = ",",
            defaultValue = "10,100,500",
            description = "Of the groups of group (${DEFAULT-VALUE}).")
    private List<Integer> members = List.of();

    @Option(
            names = "--missed",
            paramLabel = "N",
            defaultValue = "200",
            description = "Entries of each user in roam and replay (${DEFAULT-VALUE}).")
    private int missed;

    @Option(
            names = "--rebuild-rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Records a second of the rebuild that spares who talk in replay (${DEFAULT-VALUE}).")
    private int rebuildRate;

    @Option(
            names = "--baseline-seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "How long each baseline is measured; 0 for none (${DEFAULT-VALUE}).")
    private int baselineSeconds;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the generator (${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--copy-commit",
            paramLabel = "MS",
            defaultValue = "20",
            description = "Commit interval of the two copies (${DEFAULT-VALUE}).")
    private int copyCommitMs;

    @Option(
            names = "--for-start",
            description = "Servers as ./millrace up has them, made to be there soon rather than to work fast.")
    private boolean forStart;

    @Option(
            names = "--jvm",
            paramLabel = "PART=OPTION",
            description =
                    "One more option for the JVM of a part (kafka, cassandra, router, timeline, edge-1); again for more.")
    private List<String> jvm = List.of();

    @Option(
            names = "--env",
            paramLabel = "PART=NAME=VALUE",
            description = "A variable for a part, a setting of a service say; again for more.")
    private List<String> environment = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "Reports (bench in the data directory).")
    private @Nullable Path out;

    @Option(names = "--data", paramLabel = "DIR", description = "Of the stack; emptied first (bench/stack there).")
    private @Nullable Path data;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "23000",
            description = "The stack takes the ports from N on (${DEFAULT-VALUE}).")
    private int portBase;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** @param defaultSeconds for a run, if nothing is said */
    BenchOptions options(int defaultSeconds) {
        int measured = seconds == null ? defaultSeconds : seconds;
        if (rate <= 0
                || measured < 1
                || warmUp < 0
                || runs < 1
                || threads < 1
                || rebuildRate < 1
                || users < 2 * threads) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rate, --seconds, --runs, --rebuild-rate and --threads are greater than 0, --users at least twice --threads");
        }
        var home = Path.of(System.getProperty("millrace.data", ".millrace")).resolve("bench");
        return new BenchOptions(
                rate,
                most,
                Duration.ofSeconds(measured),
                Duration.ofSeconds(warmUp),
                runs,
                seed,
                users,
                characters,
                Duration.ofSeconds(baselineSeconds),
                sessions,
                members,
                missed,
                rebuildRate,
                threads,
                Duration.ofMillis(copyCommitMs),
                forStart ? Pace.FOR_START : Pace.FOR_SPEED,
                (out == null ? home : out).toAbsolutePath(),
                (data == null ? home.resolve("stack") : data).toAbsolutePath(),
                Ports.from(portBase),
                byPart(jvm),
                environments());
    }

    private Map<String, List<String>> byPart(List<String> given) {
        var all = new LinkedHashMap<String, List<String>>();
        for (var each : given) {
            var parts = split(each);
            all.computeIfAbsent(parts[0], part -> new ArrayList<>()).add(parts[1]);
        }
        return all;
    }

    private Map<String, Map<String, String>> environments() {
        var all = new LinkedHashMap<String, Map<String, String>>();
        byPart(environment)
                .forEach((part, variables) -> variables.forEach(variable -> {
                    var pair = split(variable);
                    all.computeIfAbsent(part, p -> new LinkedHashMap<>()).put(pair[0], pair[1]);
                }));
        return all;
    }

    private String[] split(String given) {
        var parts = given.split("=", 2);
        if (parts.length < 2) {
            throw new ParameterException(spec.commandLine(), "'" + given + "' has no '='");
        }
        return parts;
    }

    static Map<String, String> settings(BenchOptions options) {
        var all = new LinkedHashMap<String, String>();
        all.put("rate", options.most() ? "the most that is borne" : Double.toString(options.rate()));
        all.put("seconds", Long.toString(options.time().toSeconds()));
        all.put("warm-up", Long.toString(options.warmUp().toSeconds()));
        all.put("runs", Integer.toString(options.runs()));
        all.put("users", Integer.toString(options.users()));
        all.put("sessions of idle", Integer.toString(options.sessions()));
        all.put("members of groups", options.members().toString());
        all.put("missed entries", Integer.toString(options.missed()));
        all.put("records a second of a rebuild with a limit", Integer.toString(options.rebuildRate()));
        all.put("characters", Integer.toString(options.characters()));
        all.put("threads of the generator", Integer.toString(options.reactors()));
        all.put("servers", options.pace() == Pace.FOR_SPEED ? "for speed" : "for start");
        all.put("two copies commit every", options.copyCommit().toMillis() + " ms");
        if (!options.jvm().isEmpty()) {
            all.put("jvm", options.jvm().toString());
        }
        if (!options.environment().isEmpty()) {
            all.put("environment", options.environment().toString());
        }
        return all;
    }
}
