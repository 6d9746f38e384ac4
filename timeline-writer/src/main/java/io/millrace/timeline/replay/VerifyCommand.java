package io.millrace.timeline.replay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.timeline.cassandra.TimelineStore;
import io.millrace.timeline.consume.WriterMetrics;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    VerifyCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        how.checked(spec.commandLine());
        var settings = place.settings(environment);
        var log = ReplayLog.open(settings.kafka(), 1000);
        try (var store = StoreOptions.present(settings.cassandra(), new SimpleMeterRegistry())) {
            return verify(log, store, what.selection(), how, spec);
        }
    }

    /** Compares, prints, and returns the exit code. */
    static int verify(
            ReplayLog log, TimelineStore store, Selection selection, VerificationOptions how, CommandSpec spec)
            throws InterruptedException {
        var registry = new SimpleMeterRegistry();
        var counts = new Counts();
        var line = new ProgressLine(spec.commandLine().getErr(), Boolean.getBoolean("millrace.terminal"), "verify");
        var differences = new Verification(
                        log, store, new WriterMetrics(registry), selection, how.checked(spec.commandLine()))
                .run(counts, line, (check, found) -> found);
        line.end();
        long broken = total(registry, "millrace.timeline.links.broken");
        var report = new Report(spec.commandLine().getOut(), how.show());
        report.print(counts, differences);
        report.verdict(counts, differences, broken, total(registry, "millrace.timeline.records.unreadable"));
        return differences.isEmpty() && broken == 0 ? 0 : 1;
    }

    private static long total(SimpleMeterRegistry registry, String counter) {
        return Math.round(registry.find(counter).counters().stream()
                .mapToDouble(Counter::count)
                .sum());
    }
}
