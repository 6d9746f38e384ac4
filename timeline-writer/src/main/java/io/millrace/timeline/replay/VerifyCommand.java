package io.millrace.timeline.replay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.timeline.cassandra.TimelineStore;
import io.millrace.timeline.consume.WriterMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Proves that the store says what the log says. Exit code 0: equal, 1: not. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Compare every row with what follows from the log; exit code 0 if all are equal, 1 if not.")
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions place = new StoreOptions();

    @Mixin
    private SelectionOptions what = new SelectionOptions();

    @Mixin
    private VerificationOptions how = new VerificationOptions();

    @Option(names = "--save", description = "If all is equal, keep how far, for --since-saved.")
    private boolean save;

    @Option(
            names = "--since-saved",
            description = "Compare only what the log has got since then; the chained hashes must go on from there."
                    + " Keeps how far, if that is equal.")
    private boolean sinceSaved;

    @Option(names = "--state", paramLabel = "DIR", description = "Where that is kept (replay in the data directory).")
    private @Nullable Path state;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    VerifyCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        int slices = how.checked(spec.commandLine()).slices();
        if ((save || sinceSaved) && (slices != 1 || !what.selection().equals(Selection.EVERYTHING))) {
            throw new ParameterException(
                    spec.commandLine(), "--save and --since-saved are about everything, in one slice");
        }
        var settings = place.settings(environment);
        var log = ReplayLog.open(settings.kafka(), 1000);
        var keyspace = settings.cassandra().keyspace();
        var file =
                (state == null ? place.data().resolve("replay") : state).resolve("verified-" + keyspace + ".jsonl.gz");
        var memory = sinceSaved ? saved(file, keyspace, log.name()) : save ? Memory.fresh() : Memory.none();
        try (var store = StoreOptions.present(settings.cassandra(), new SimpleMeterRegistry())) {
            int exitCode = verify(log, store, what.selection(), how, memory, spec);
            if (exitCode == 0 && memory.keeps()) {
                VerifiedFile.write(memory.after(keyspace, log.name()), file);
            }
            return exitCode;
        }
    }

    private static Memory saved(Path file, String keyspace, String log) throws IOException {
        var before = VerifiedFile.read(file)
                .orElseThrow(() -> new ReplayException("there is no " + file + "; begin with verify --save"));
        if (!before.keyspace().equals(keyspace) || !before.epoch().equals(log)) {
            throw new ReplayException(file + " is of keyspace " + before.keyspace() + " and log " + before.epoch()
                    + ", not " + keyspace + " and " + log + "; begin with verify --save");
        }
        return Memory.of(before);
    }

    /** Compares, prints, and returns the exit code. */
    static int verify(
            ReplayLog log,
            TimelineStore store,
            Selection selection,
            VerificationOptions how,
            Memory memory,
            CommandSpec spec)
            throws InterruptedException {
        var registry = new SimpleMeterRegistry();
        var counts = new Counts();
        var line = new ProgressLine(spec.commandLine().getErr(), Boolean.getBoolean("millrace.terminal"), "verify");
        var differences = new Verification(
                        log, store, new WriterMetrics(registry), selection, how.checked(spec.commandLine()), memory)
                .run(counts, line, (check, found) -> found);
        line.end();
        if (counts.moving() > 0) {
            memory.forget();
        }
        long broken = total(registry, "millrace.timeline.links.broken");
        var report = new Report(spec.commandLine().getOut());
        report.print(counts, differences);
        report.verdict(counts, differences, broken, total(registry, "millrace.timeline.records.unreadable"));
        return differences.count() == 0 && broken == 0 ? 0 : 1;
    }

    private static long total(SimpleMeterRegistry registry, String counter) {
        return Math.round(registry.find(counter).counters().stream()
                .mapToDouble(Counter::count)
                .sum());
    }
}
