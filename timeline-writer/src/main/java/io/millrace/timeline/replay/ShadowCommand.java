package io.millrace.timeline.replay;

import io.millrace.schemas.record.ActKind;
import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.topic.EpochRecord;
import io.millrace.schemas.topic.Shadow;
import io.millrace.service.kafka.KafkaClientConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares what a shadow router decides with what the live one decided, and removes what is left of a shadow. */
@Command(
        name = "shadow",
        mixinStandardHelpOptions = true,
        description = "Compare the decisions of a router with other rules with those of the live one.")
final class ShadowCommand implements Runnable {
    private static final int BATCH = 1000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    ShadowCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "A line for each shadow: from when on it decides, and whether it runs.")
    int list(@Mixin LogOptions place) throws InterruptedException {
        var kafka = place.settings(environment).kafka();
        var out = spec.commandLine().getOut();
        try (var admin = Admin.create(kafka.client())) {
            for (var shadow : Shadow.among(admin.listTopics().names().get())) {
                var from = from(kafka, shadow).map(Instant::toString).orElse("? (it did not begin)");
                out.println(shadow.name() + "  from " + from + "  "
                        + (ShadowRemains.isRunning(admin, shadow) ? "runs" : "is stopped"));
            }
        } catch (ExecutionException e) {
            throw new KafkaException("the topics cannot be listed", e.getCause());
        }
        out.flush();
        return 0;
    }

    @Command(
            name = "compare",
            mixinStandardHelpOptions = true,
            description = "Compare decisions and timelines. Exit code 0: equal, 1: not.")
    int compare(
            @Mixin LogOptions place,
            @Parameters(paramLabel = "NAME", description = "shadow.name of the shadow.") String name,
            @Option(
                            names = "--wait",
                            paramLabel = "SECONDS",
                            defaultValue = "60",
                            description = "How long the shadow may take to catch up (${DEFAULT-VALUE}).")
                    long wait,
            @Option(
                            names = "--show",
                            paramLabel = "N",
                            defaultValue = "10",
                            description = "Differences of each kind to print (${DEFAULT-VALUE}).")
                    int show)
            throws InterruptedException {
        var shadow = shadow(name);
        var kafka = place.settings(environment).kafka();
        var log = ReplayLog.open(kafka, BATCH);
        var from = from(kafka, shadow)
                .orElseThrow(() -> new ReplayException("there is no shadow " + name + ", or it has not begun"));
        var line = new ProgressLine(spec.commandLine().getErr(), Boolean.getBoolean("millrace.terminal"), "compare");
        var result = new ShadowComparison(log, kafka, shadow, from, Duration.ofSeconds(wait)).run(line);
        var out = spec.commandLine().getOut();
        out.println("what was asked since " + from + ", decided by the live router and by shadow " + name);
        new ShadowReport(out, show).print(result);
        return result.differences().isEmpty() ? 0 : 1;
    }

    @Command(
            name = "drop",
            mixinStandardHelpOptions = true,
            description = "Remove topics, groups and schemas of a shadow that is stopped.")
    int drop(
            @Mixin LogOptions place,
            @Mixin ActOptions who,
            @Parameters(paramLabel = "NAME", description = "shadow.name of the shadow.") String name)
            throws InterruptedException {
        var shadow = shadow(name);
        var kafka = place.settings(environment).kafka();
        var remains = new ShadowRemains(kafka, shadow);
        remains.requireStopped();
        try (var hand = OperatorHand.open(kafka)) {
            hand.write(List.of(), written -> who.act(ActKind.SHADOW_DROPPED, shadow.prefix(), ""));
        }
        spec.commandLine().getOut().println("shadow " + name + " dropped: " + remains.remove());
        spec.commandLine().getOut().flush();
        return 0;
    }

    private Shadow shadow(String name) {
        if (!Shadow.isName(name)) {
            throw new ParameterException(
                    spec.commandLine(), "a shadow's name is 1 to 20 small letters and digits, not " + name);
        }
        return new Shadow(name);
    }

    /** The instant that parts what it took over from what it decides. */
    private static Optional<Instant> from(KafkaClientConfig kafka, Shadow shadow) {
        return EpochRecord.read(kafka.client(), kafka.serdes().deserializer(Epoch.class), shadow.epochTopic())
                .map(Epoch::getCreatedAt);
    }
}
