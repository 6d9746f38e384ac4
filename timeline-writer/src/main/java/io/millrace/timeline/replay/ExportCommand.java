package io.millrace.timeline.replay;

import io.millrace.schemas.record.ActKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a slice of the log into a directory. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Write conversations and timelines as Avro container files with a manifest and checksums.")
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private LogOptions place = new LogOptions();

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private ActOptions who = new ActOptions();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to; must not be there yet.")
    private Path out = Path.of("");

    @Option(names = "--closed", description = "Also every conversation that stands in the timelines.")
    private boolean closed;

    @Option(
            names = "--in-the-clear",
            description =
                    "Bodies decrypted, so that they can be read without the keys: for the one who asks for what is"
                            + " kept of it, or another environment. Whoever has the files can read them for ever.")
    private boolean inTheClear;

    @Option(names = "--since", paramLabel = "TIME", description = "Only records from then on: 2026-11-27T19:00:00Z")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only records before then.")
    private @Nullable String until;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    ExportCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (closed && keys.users().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--closed is about the timelines of --user");
        }
        var asked = new Export.Asked(keys.users(), keys.conversations(), closed, time(since), time(until));
        var target = out.toAbsolutePath().normalize();
        if (Files.exists(target)) {
            throw new ParameterException(spec.commandLine(), target + " is there already");
        }
        var settings = place.settings(environment);
        var log = ReplayLog.open(settings.kafka(), 1000);
        var draft = target.resolveSibling(target.getFileName() + ".unfinished");
        delete(draft);
        Files.createDirectories(draft);
        var manifest = new Export(log, asked, inTheClear ? UserKeys.read(settings.kafka())::readable : event -> event)
                .into(draft);
        manifest.write(draft);
        var digest = Checksum.of(draft.resolve(SliceManifest.NAME));
        manifest.writeSums(draft, digest);
        try (var hand = OperatorHand.open(settings.kafka())) {
            hand.write(
                    List.of(),
                    written -> who.act(
                            ActKind.EXPORTED,
                            digest,
                            "records by topic: " + manifest.counts() + (inTheClear ? ", in the clear" : "")));
        }
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        spec.commandLine().getOut().println("exported " + manifest.counts() + " into " + target);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ParameterException(spec.commandLine(), "a time is like 2026-11-27T19:00:00Z, not " + text);
        }
    }

    /** What a run left that was killed. */
    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var all = Files.walk(directory)) {
                for (var each : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                    Files.delete(each);
                }
            }
        }
    }
}
