package io.millrace.timeline.replay;

import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.InvalidIdException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Delivers the fan-out of a conversation again to those who miss it. */
@Command(
        name = "refan",
        mixinStandardHelpOptions = true,
        description = "Deliver a conversation from one message to another again to the timelines that miss it, once.")
final class RefanCommand implements Callable<Integer> {
    private static final int BATCH = 1000;

    @Mixin
    private LogOptions place = new LogOptions();

    @Mixin
    private ActOptions who = new ActOptions();

    @Option(names = "--conversation", paramLabel = "ID", required = true, description = "Which conversation.")
    private String conversation = "";

    @Option(names = "--from", paramLabel = "SEQ", required = true, description = "From this message.")
    private long from;

    @Option(names = "--to", paramLabel = "SEQ", required = true, description = "To this message.")
    private long to;

    @Option(
            names = "--user",
            paramLabel = "ID,…",
            hideParamSyntax = true,
            split = ",",
            description = "Only to these users (all who should have it).")
    private Set<String> users = Set.of();

    @Option(names = "--dry-run", description = "Say what is missing, and write nothing.")
    private boolean dryRun;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long the router may take to do what it has to do anyway (${DEFAULT-VALUE}).")
    private long wait;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    RefanCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (from < 1 || to < from || wait < 0) {
            throw new ParameterException(
                    spec.commandLine(), "messages are numbered from 1, and --from is not after --to");
        }
        var asked = new Refan.Asked(id(), from, to, Set.copyOf(users));
        var settings = place.settings(environment);
        var log = ReplayLog.open(settings.kafka(), BATCH);
        var refan = new Refan(log, new FanOutProgress(settings.kafka(), Duration.ofSeconds(wait)), asked);
        if (dryRun) {
            return say(refan.missing(), "missing");
        }
        try (var hand = OperatorHand.open(settings.kafka())) {
            var missing = refan.missing();
            refan.deliver(missing, hand, who);
            say(missing, "delivered again");
            if (missing.count() == 0) {
                return missing.withheld().isEmpty() ? 0 : 1;
            }
        }
        var after = refan.missing();
        if (after.count() > 0) {
            return say(after, "STILL MISSING");
        }
        return after.withheld().isEmpty() ? 0 : 1;
    }

    private ConversationId id() {
        try {
            return new ConversationId(conversation);
        } catch (InvalidIdException e) {
            throw new ParameterException(spec.commandLine(), "--conversation: " + e.getMessage());
        }
    }

    private int say(Refan.Missing missing, String what) {
        PrintWriter out = spec.commandLine().getOut();
        missing.events()
                .forEach((event, to) -> out.printf(
                        Locale.ROOT, "version %d (%s): %s to %s%n", event.getVersion(), event.getKind(), what, to));
        missing.withheld()
                .forEach((version, to) -> out.printf(
                        Locale.ROOT,
                        "version %d: NOT delivered to %s: it takes them away, and they came back since%n",
                        version,
                        to));
        out.printf(Locale.ROOT, "%,d of %,d entries %s%n", missing.count(), missing.judged(), what);
        out.flush();
        return missing.count() == 0 && missing.withheld().isEmpty() ? 0 : 1;
    }
}
