package io.millrace.timeline.replay;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.timeline.cassandra.TableShape;
import io.millrace.timeline.consume.WriterMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the store again from the log. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description =
                "Write tables again from the log, into the live keyspace or another one. Killed, it goes on where it was.")
final class RebuildCommand implements Callable<Integer> {
    /** Of one poll: heads are written once for each, and about so many records of one partition are fetched at once. */
    private static final int BATCH_RECORDS = 4000;

    /** Rates below this many batches a second would come in bursts. */
    private static final int BATCHES_PER_SECOND = 10;

    @Mixin
    private StoreOptions place = new StoreOptions();

    @Mixin
    private SelectionOptions what = new SelectionOptions();

    @Option(
            names = "--table",
            paramLabel = "NAME,…",
            hideParamSyntax = true,
            split = ",",
            description = "Only these tables (all).")
    private Set<String> tables = Set.of();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Records a second at most; 0 for no limit (${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions that are written at once (${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where progress is kept (replay in the data directory).")
    private @Nullable Path state;

    @Option(names = "--restart", description = "Begin at the beginning, whatever was written before.")
    private boolean restart;

    @Option(names = "--continue", description = "Go on behind a rebuild that came to its end, to catch up.")
    private boolean goOn;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    RebuildCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rate < 0 || threads < 1) {
            throw new ParameterException(spec.commandLine(), "--rate is not negative and --threads is at least 1");
        }
        var unknown = new TreeSet<>(tables);
        unknown.removeAll(TableShape.all().keySet());
        if (!unknown.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no table " + unknown + "; there are "
                            + TableShape.all().keySet());
        }
        var settings = place.settings(environment);
        int batch = rate == 0 ? BATCH_RECORDS : (int) Math.max(1, Math.min(BATCH_RECORDS, rate / BATCHES_PER_SECOND));
        var log = ReplayLog.open(settings.kafka(), batch);
        var registry = new SimpleMeterRegistry();
        var chosen = tables.isEmpty() ? TableShape.all().keySet() : tables;
        var file = (state == null ? place.data().resolve("replay") : state)
                .resolve("rebuild-" + settings.cassandra().keyspace() + ".json");
        var asked = new Progress(
                settings.cassandra().keyspace(),
                log.name(),
                what.selection().toString(),
                List.copyOf(new TreeSet<>(chosen)),
                false,
                Map.of());
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var from = from(asked, file);
        if (!from.offsets().isEmpty()) {
            out.println("going on where " + file + " says; --restart begins at the beginning");
            out.flush();
        }
        try (var store = StoreOptions.made(settings.cassandra(), registry)) {
            var line = new ProgressLine(err, Boolean.getBoolean("millrace.terminal"), "rebuild");
            new Rebuild(
                            log,
                            store,
                            new WriterMetrics(registry),
                            what.selection(),
                            chosen,
                            new Rebuild.Options(threads, rate, settings.writer().settling(), file),
                            line)
                    .run(from);
            line.end();
            double seconds = Math.max(0.001, line.took().toMillis() / 1000.0);
            out.printf(
                    Locale.ROOT,
                    "rebuilt %s of keyspace %s: %,d records in %.1f s, %,d/s; prove it: ./millrace replay verify%n",
                    what.selection(),
                    settings.cassandra().keyspace(),
                    line.records(),
                    seconds,
                    Math.round(line.records() / seconds));
            out.flush();
            return 0;
        }
    }

    private Progress from(Progress asked, Path file) throws IOException {
        var found = Progress.read(file);
        if (restart || found.isEmpty()) {
            return asked;
        }
        var before = found.get();
        if (before.complete() && !goOn) {
            return asked;
        }
        if (!before.isOf(asked)) {
            throw new ReplayException(file + " is of another rebuild (" + before.selection() + ", tables "
                    + before.tables() + ", epoch " + before.epoch()
                    + "); finish that one, or begin this one with --restart");
        }
        return before.at(before.offsets(), false);
    }
}
