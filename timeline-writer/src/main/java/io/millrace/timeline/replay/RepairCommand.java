package io.millrace.timeline.replay;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.timeline.consume.WriterMetrics;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Sets right what differs, and proves it. Exit code 0: equal now, 1: not. */
@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        description = "Write just the rows that differ, delete those that the log does not have, and verify again;"
                + " exit code 0 if all are equal then, 1 if not.")
final class RepairCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions place = new StoreOptions();

    @Mixin
    private SelectionOptions what = new SelectionOptions();

    @Mixin
    private VerificationOptions how = new VerificationOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    RepairCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        var options = how.checked(spec.commandLine());
        var settings = place.settings(environment);
        var log = ReplayLog.open(settings.kafka(), 1000);
        var registry = new SimpleMeterRegistry();
        var out = spec.commandLine().getOut();
        try (var store = StoreOptions.present(settings.cassandra(), registry)) {
            var line = new ProgressLine(spec.commandLine().getErr(), Boolean.getBoolean("millrace.terminal"), "repair");
            var repair = new Repair(store, out, line, how.show(), Clock.systemUTC());
            var found = new AtomicLong();
            var left = new Verification(
                            log, store, new WriterMetrics(registry), what.selection(), options, Memory.none())
                    .run(new Counts(), line, (check, differences) -> {
                        found.addAndGet(differences.size());
                        return repair.take(check, differences);
                    });
            line.end();
            out.printf(Locale.ROOT, "mended %,d of %,d rows that differed%n", found.get() - left.count(), found.get());
            out.flush();
            return VerifyCommand.verify(log, store, what.selection(), how, Memory.none(), spec);
        }
    }
}
