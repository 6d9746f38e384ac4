package io.millrace.benchmarks;

import io.millrace.benchmarks.Scenario.Baseline;
import io.millrace.benchmarks.machine.MachineFacts;
import io.millrace.benchmarks.micro.MicroMain;
import io.millrace.benchmarks.report.Comparison;
import io.millrace.benchmarks.report.HtmlReport;
import io.millrace.benchmarks.report.JsonReport;
import io.millrace.benchmarks.report.Ratio;
import io.millrace.benchmarks.report.Report;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.report.Summary;
import io.millrace.benchmarks.report.TextReport;
import io.millrace.benchmarks.stage.TestBed;
import io.millrace.localstack.part.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace bench}. Exit codes: 0 everything was measured, 1 something could not be, 2 wrong command line. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Start a stack, measure it under load and, in the same run, what its parts bear without it.")
public final class Main implements Callable<Integer> {
    private static final List<Scenario> ALL =
            List.of(new Direct(), new Group(), new Idle(), new Roam(), new Replay(), new Step(), new Soak());

    private static final String FUNCTIONS = "jmh";
    private static final int SECONDS = 60;
    private static final int FUNCTION_SECONDS = 5;
    private static final Map<String, Integer> OTHER_SECONDS = Map.of("soak", 3600, FUNCTIONS, FUNCTION_SECONDS);

    @Parameters(
            paramLabel = "SCENARIO",
            arity = "0..1",
            defaultValue = "direct",
            description =
                    "direct, group, idle, roam, replay, step, soak, or jmh for single functions (${DEFAULT-VALUE}).")
    private String scenario = "direct";

    @Mixin
    private CommandLineOptions given = new CommandLineOptions();

    @Option(
            names = "--peer",
            paramLabel = "NAME",
            description = "Then measure this server, too, with the same load (direct): ejabberd.")
    private @Nullable String peer;

    @Option(
            names = "--compare",
            arity = "2",
            paramLabel = "REPORT",
            description = "Measure nothing; hold the second of two reports (JSON) against the first.")
    private List<Path> compared = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
    }

    /** What can be measured on a stack, by the names that the command line takes. */
    static List<Scenario> scenarios() {
        return ALL;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var terminal = spec.commandLine().getOut();
        if (!compared.isEmpty()) {
            Comparison.print(JsonReport.read(compared.get(0)), JsonReport.read(compared.get(1)), terminal);
            return 0;
        }
        var options = given.options(OTHER_SECONDS.getOrDefault(scenario, SECONDS));
        var began = Clock.systemUTC().instant();
        var machine = MachineFacts.read();
        if (scenario.equals(FUNCTIONS)) {
            var functions = List.of(MicroMain.run(options.time(), options.runs(), true));
            publish(
                    report(FUNCTIONS, "single hot functions", began, machine, options, functions, Baseline.NONE),
                    options,
                    terminal);
            return 0;
        }
        var chosen = chosen();
        terminal.println(chosen.name() + ": " + chosen.description());
        terminal.println("starting a stack in " + options.data());
        terminal.flush();
        List<Section> runs;
        Baseline baseline;
        try (var bed = TestBed.start(options, terminal)) {
            runs = chosen.runs(bed);
            baseline = chosen.baseline(bed, runs);
        }
        if (peer != null) {
            baseline = withPeer(runs, baseline, options, terminal);
        }
        publish(
                report(chosen.name(), chosen.description(), began, machine, options, runs, baseline),
                options,
                terminal);
        return 0;
    }

    private Scenario chosen() {
        var found = ALL.stream()
                .filter(each -> each.name().equals(scenario))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "there is no scenario " + scenario + "; there are "
                                + Stream.concat(ALL.stream().map(Scenario::name), Stream.of(FUNCTIONS))
                                        .collect(Collectors.joining(", "))));
        if (peer != null && !(found instanceof Direct && peer.equals(Peer.EJABBERD))) {
            throw new ParameterException(
                    spec.commandLine(), "--peer takes " + Peer.EJABBERD + ", and direct is all it is measured with");
        }
        return found;
    }

    private static Baseline withPeer(List<Section> ours, Baseline baseline, BenchOptions options, PrintWriter out)
            throws IOException, InterruptedException {
        var theirs = Peer.measure(options, out);
        var sections = new ArrayList<Section>(baseline.sections());
        sections.addAll(theirs);
        var ratios = new ArrayList<Ratio>(baseline.ratios());
        ratios.addAll(Peer.ratios(ours, theirs));
        return new Baseline(sections, ratios);
    }

    private static Report report(
            String name,
            String description,
            Instant began,
            Map<String, String> machine,
            BenchOptions options,
            List<Section> runs,
            Baseline baseline) {
        return new Report(
                name,
                description,
                began.toString(),
                options.seed(),
                machine,
                Versions.read(),
                CommandLineOptions.settings(options),
                runs,
                baseline.sections(),
                Summary.of(runs),
                baseline.ratios());
    }

    private static void publish(Report report, BenchOptions options, PrintWriter terminal) throws IOException {
        Files.createDirectories(options.out());
        var file = options.out().resolve(report.scenario() + ".json");
        var page = options.out().resolve(report.scenario() + ".html");
        JsonReport.write(report, file);
        HtmlReport.write(report, page);
        TextReport.print(report, terminal);
        terminal.println("the report is also " + file + " and " + page);
        terminal.flush();
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof StackException known) {
            command.getErr().println("millrace: " + known.getMessage());
            return 1;
        }
        throw e;
    }
}
