package io.millrace.timeline.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes an export into this log. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Write an export into another environment's log, whole or not at all. The router must be stopped,"
                + " and rebuilds its state before it starts again.")
final class ImportCommand implements Callable<Integer> {
    @Mixin
    private LogOptions place = new LogOptions();

    @Mixin
    private ActOptions who = new ActOptions();

    @Parameters(paramLabel = "DIR", description = "What export has written.")
    private Path directory = Path.of("");

    @Option(
            names = "--map",
            paramLabel = "OLD=NEW,…",
            hideParamSyntax = true,
            split = ",",
            description = "Other ids for these users and groups.")
    private Map<String, String> map = Map.of();

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Before the ids of all other users and groups.")
    private String prefix = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    ImportCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var manifest = SliceManifest.read(directory);
        if (!manifest.slice().isWhole()) {
            throw new ReplayException(
                    "this export is a part by time (since " + manifest.slice().since() + ", until "
                            + manifest.slice().until() + "): a log has conversations from their first event on");
        }
        var slice = new SliceReader(directory, manifest);
        var digest = Checksum.of(directory.resolve(SliceManifest.NAME));
        var settings = place.settings(environment);
        var log = ReplayLog.open(settings.kafka(), 1000);
        try (var hand = OperatorHand.open(settings.kafka(), SliceImport.LONGEST)) {
            var fold = new SliceImport(settings.kafka(), log, slice, () -> new IdRewrite(map, prefix))
                    .run(hand, done -> SliceImport.act(who, digest, manifest, done));
            var out = spec.commandLine().getOut();
            out.println("imported " + manifest.counts() + ": "
                    + fold.conversations().size() + " conversations, "
                    + fold.users().size() + " timelines");
            out.println("before the router starts: rebuild-state; members without a timeline in it: refan");
            out.flush();
            return 0;
        }
    }
}
