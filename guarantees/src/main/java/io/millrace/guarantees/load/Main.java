package io.millrace.guarantees.load;

import io.millrace.localstack.Ports;
import io.millrace.localstack.part.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace overload}. Exit codes: 0 every promise was kept, 1 one was not or nothing could be run, 2 wrong command line. */
@Command(
        name = "overload",
        mixinStandardHelpOptions = true,
        description = "Start a stack, put more load upon it than it bears, and judge what becomes of it.")
public final class Main implements Callable<Integer> {
    @Option(
            names = "--scenario",
            paramLabel = "a,b,…",
            split = ",",
            description = "Only these: idle, overload, slow-reader, fairness (all).")
    private List<String> scenarios = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "How long each stretch of load lasts (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Sessions that do nothing (${DEFAULT-VALUE}).")
    private int sessions;

    @Option(
            names = "--senders",
            paramLabel = "N",
            defaultValue = "400",
            description = "Sessions that send in the overload (${DEFAULT-VALUE}).")
    private int senders;

    @Option(
            names = "--ceiling",
            paramLabel = "N",
            defaultValue = "0",
            description = "Messages a second that the machine bears (looked for first).")
    private int ceiling;

    @Option(names = "--out", paramLabel = "DIR", description = "Results (overload in the data directory).")
    private @Nullable Path out;

    @Option(names = "--data", paramLabel = "DIR", description = "Of the stack; emptied first (overload/stack there).")
    private @Nullable Path data;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "22000",
            description = "The stack takes the ports from N on (${DEFAULT-VALUE}).")
    private int portBase;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seconds < 1 || sessions < 1 || senders < 2 || ceiling < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--seconds and --sessions are at least 1, --senders at least 2");
        }
        var known = LoadRun.all().stream().map(Scenario::name).toList();
        var unknown = scenarios.stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "there is no scenario " + unknown + "; there are " + known);
        }
        var terminal = spec.commandLine().getOut();
        var options = options();
        var chosen = LoadRun.all().stream()
                .filter(each -> scenarios.isEmpty() || scenarios.contains(each.name()))
                .toList();
        var results = new LoadRun(options, terminal).run(chosen);
        boolean kept = results.stream().allMatch(Result::isKept);
        terminal.println();
        terminal.println((kept ? "every promise was kept" : "NOT EVERY PROMISE WAS KEPT") + "; the results are in "
                + options.out());
        terminal.flush();
        return kept ? 0 : 1;
    }

    private LoadOptions options() {
        var home = Path.of(System.getProperty("millrace.data", ".millrace")).resolve("overload");
        return new LoadOptions(
                Duration.ofSeconds(seconds),
                sessions,
                senders,
                ceiling,
                (out == null ? home : out).toAbsolutePath(),
                (data == null ? home.resolve("stack") : data).toAbsolutePath(),
                Ports.from(portBase));
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof StackException known) {
            command.getErr().println("millrace: " + known.getMessage());
            return 1;
        }
        throw e;
    }
}
