package io.millrace.localstack.launcher;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Ports;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.StackOptions.Tier;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts Kafka and the registry of a stopped stack, makes the router's state again from the public topics, and stops them. */
@Command(
        name = "rebuild-state",
        mixinStandardHelpOptions = true,
        description = "Make the router's changelogs again from the public topics; the stack is stopped.")
final class RebuildState implements Callable<Integer> {
    @Mixin
    private StackPlace place = new StackPlace();

    @Option(names = "--port-base", paramLabel = "N", description = "As for up.")
    private @Nullable Integer portBase;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        try (var stack = new LocalStack(StackOptions.at(place.data())
                .withPorts(portBase == null ? Ports.DEFAULT : Ports.from(portBase))
                .withTiers(Set.of(Tier.KAFKA, Tier.REGISTRY)))) {
            stack.start();
            stack.rebuildState();
            out.println("state rebuilt; start the stack: ./millrace up");
            return 0;
        }
    }
}
