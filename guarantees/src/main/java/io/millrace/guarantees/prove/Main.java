package io.millrace.guarantees.prove;

import io.millrace.guarantees.report.ReportPage;
import io.millrace.guarantees.report.Series;
import io.millrace.guarantees.report.Summary;
import io.millrace.guarantees.report.Verdict;
import io.millrace.guarantees.report.VerdictFile;
import io.millrace.localstack.Ports;
import io.millrace.localstack.part.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace prove}. Exit codes: 0 everything holds, 1 something does not or could not be run, 2 wrong command line. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = "Start a stack, break it in many ways under load, and judge whether every promise was kept.")
public final class Main implements Callable<Integer> {
    @Option(names = "--seed", paramLabel = "N", description = "Plan of users, load and faults (a new one each time).")
    private @Nullable Long seed;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1",
            description = "That many runs, with the seeds from --seed on, and a table of them all (${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "3",
            description = "How long the load lasts (${DEFAULT-VALUE}).")
    private double minutes;

    @Option(
            names = "--faults",
            paramLabel = "a,b,…",
            split = ",",
            description = "Only these, or 'none'; without it all. See --list.")
    private List<String> faults = List.of();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20",
            description = "Operations a second in all (${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Journals and reports, in seed-N there (prove in the data directory).")
    private @Nullable Path out;

    @Option(names = "--data", paramLabel = "DIR", description = "Of the stack; emptied first (prove/stack there).")
    private @Nullable Path data;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "21000",
            description = "The stack takes the ports from N on (${DEFAULT-VALUE}).")
    private int portBase;

    @Option(
            names = "--brokers",
            paramLabel = "N",
            defaultValue = "3",
            description = "1, or 3 for three copies of every record (${DEFAULT-VALUE}).")
    private int brokers;

    @Option(
            names = "--earlier",
            paramLabel = "DIR",
            description = "A built checkout of an earlier release: its routers begin, and are upgraded under load."
                    + " ./millrace prove --upgrade-from COMMIT makes one.")
    private @Nullable Path earlier;

    @Option(
            names = "--table",
            paramLabel = "DIR",
            description = "Print the table of the runs that are kept there (seed-N/verdict.json), and run nothing.")
    private @Nullable Path table;

    @Option(names = "--list", description = "Print the faults and do nothing.")
    private boolean list;

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
        var terminal = spec.commandLine().getOut();
        if (list) {
            FaultList.print(terminal);
            return 0;
        }
        if (table != null) {
            return print(kept(table), terminal);
        }
        if (minutes <= 0 || rate < 1 || runs < 1) {
            throw new ParameterException(spec.commandLine(), "--minutes, --rate and --runs are greater than 0");
        }
        if (brokers != 1 && brokers != 3) {
            throw new ParameterException(spec.commandLine(), "--brokers is 1 or 3");
        }
        var unknown = FaultList.unknown(faults);
        if (!unknown.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "there is no fault " + unknown + "; see --list");
        }
        long first = seed == null ? ThreadLocalRandom.current().nextLong(1, 1_000_000) : seed;
        var verdicts = new ArrayList<Verdict>();
        for (int run = 0; run < runs; run++) {
            verdicts.add(run(options(first + run), terminal));
        }
        if (runs > 1) {
            terminal.println();
            print(verdicts, terminal);
        }
        return verdicts.stream().allMatch(Verdict::holds) ? 0 : 1;
    }

    private static int print(List<Verdict> verdicts, PrintWriter terminal) {
        Series.table(verdicts).forEach(terminal::println);
        terminal.flush();
        return verdicts.stream().allMatch(Verdict::holds) ? 0 : 1;
    }

    private List<Verdict> kept(Path directory) {
        var verdicts = new ArrayList<Verdict>();
        try (var files = Files.newDirectoryStream(directory, "seed-*")) {
            for (var run : files) {
                verdicts.add(VerdictFile.read(run.resolve("verdict.json")));
            }
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--table: no runs can be read from " + directory, e);
        }
        verdicts.sort(Comparator.comparingLong(Verdict::seed));
        return verdicts;
    }

    private static Verdict run(ProofOptions options, PrintWriter terminal) throws IOException, InterruptedException {
        Files.createDirectories(options.out());
        var verdict = new Proof(options, terminal).run();
        VerdictFile.write(verdict, options.out().resolve("verdict.json"));
        ReportPage.write(verdict, options.out().resolve("report.html"));
        Summary.print(verdict, terminal);
        terminal.println("the report is " + options.out().resolve("report.html"));
        terminal.flush();
        return verdict;
    }

    private ProofOptions options(long given) {
        var home = Path.of(System.getProperty("millrace.data", ".millrace")).resolve("prove");
        return new ProofOptions(
                given,
                Duration.ofMillis(Math.round(minutes * 60_000)),
                faults,
                rate,
                (out == null ? home : out).resolve("seed-" + given).toAbsolutePath(),
                (data == null ? home.resolve("stack") : data).toAbsolutePath(),
                Ports.from(portBase),
                brokers,
                earlier);
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof StackException known) {
            command.getErr().println("millrace: " + known.getMessage());
            return 1;
        }
        throw e;
    }
}
