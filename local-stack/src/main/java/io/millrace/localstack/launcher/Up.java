package io.millrace.localstack.launcher;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Pace;
import io.millrace.localstack.Ports;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.StackOptions.Tier;
import io.millrace.localstack.part.PartState;
import io.millrace.localstack.part.StackException;
import io.millrace.localstack.part.StackException.Trouble;
import io.millrace.localstack.services.WebhookSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a stack until Ctrl-C, SIGTERM or the failure of a part, and then leaves nothing running. */
@Command(name = "up", mixinStandardHelpOptions = true, description = "Start everything; Ctrl-C stops it.")
final class Up implements Callable<Integer> {
    private static final long WATCH_INTERVAL_MS = 1000;

    @Mixin
    private StackPlace place = new StackPlace();

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "Take the ports from N on (the page on N) instead of 8080 and 27100-27300.")
    private @Nullable Integer portBase;

    @Option(names = "--edges", paramLabel = "N", defaultValue = "1", description = "How many edges (${DEFAULT-VALUE}).")
    private int edges;

    @Option(
            names = "--webhooks",
            paramLabel = "FILE",
            description =
                    "Settings of the webhooks service, which starts if there are subscribers in them; DIR/webhooks.yaml"
                            + " of --data if there is one.")
    private @Nullable Path webhooks;

    @Option(
            names = "--for-speed",
            description = "Servers that take longer to start and more memory, and work faster after a minute.")
    private boolean forSpeed;

    @Option(
            names = "--servers-only",
            description = "Kafka with its topics, the registry and Cassandra alone, for services run from an IDE.")
    private boolean serversOnly;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        var ports = portBase == null ? Ports.DEFAULT : Ports.from(portBase);
        var out = spec.commandLine().getOut();
        var progress = new Progress(out, Boolean.getBoolean("millrace.terminal"));
        var options = StackOptions.at(place.data())
                .withPorts(ports)
                .withTiers(serversOnly ? StackOptions.SERVERS : Set.of(Tier.values()))
                .withEdges(edges)
                .withPace(forSpeed ? Pace.FOR_SPEED : Pace.FOR_START)
                .withArchives(true)
                .withListener(progress);
        var settings = webhooks == null ? place.data().resolve("webhooks.yaml") : webhooks;
        var stack = new LocalStack(
                webhooks != null || Files.exists(settings)
                        ? options.withWebhooks(WebhookSettings.in(settings))
                        : options);
        var stopped = stopOnSignal(Thread.currentThread());
        try {
            progress.begin(stack);
            stack.start();
            progress.ready(stack.edgeUrl(1));
            watch(stack);
            return 1;
        } catch (InterruptedException e) {
            progress.stopping();
            return 0;
        } finally {
            // A second signal must not break this off.
            Thread.interrupted();
            stack.stop();
            progress.stopped();
            stopped.countDown();
        }
    }

    /** Interrupts the running thread and lets the JVM end when that has stopped everything. */
    private static CountDownLatch stopOnSignal(Thread running) {
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            running.interrupt();
                            try {
                                stopped.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "stop-stack"));
        return stopped;
    }

    private static void watch(LocalStack stack) throws InterruptedException {
        while (true) {
            TimeUnit.MILLISECONDS.sleep(WATCH_INTERVAL_MS);
            for (var part : stack.parts()) {
                if (part.state() == PartState.FAILED) {
                    throw new StackException(Trouble.PART_FAILED, part.failure());
                }
            }
        }
    }
}
