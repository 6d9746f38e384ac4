package io.millrace.benchmarks;

import io.millrace.benchmarks.baseline.Baselines;
import io.millrace.benchmarks.machine.CpuWatch;
import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.report.Ratio;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.report.Summary;
import io.millrace.benchmarks.stage.Checkout;
import io.millrace.benchmarks.stage.TestBed;
import io.millrace.localstack.LocalStack;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The store is written again from the log into another keyspace: records and rows a second. */
final class Replay implements Scenario {
    static final String ROWS = "rows written";

    private static final String KEYSPACE = "millrace_again";
    private static final Pattern DONE = Pattern.compile("([\\d,]+) records in ([\\d.]+) s");

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String description() {
        return "the store written again from the log, into another keyspace";
    }

    @Override
    public List<Section> runs(TestBed bed) throws IOException, InterruptedException {
        var options = bed.options();
        Backlog.make(bed, Math.min(options.users(), 100), options.missed(), options.rate() * 5);
        var runs = new ArrayList<Section>();
        for (int run = 1; run <= options.runs(); run++) {
            runs.add(rebuild(bed, run));
        }
        return runs;
    }

    @Override
    public Baseline baseline(TestBed bed, List<Section> runs) throws IOException, InterruptedException {
        var summary = Summary.of(runs);
        var baselines = Baselines.ofStore(bed, summary);
        var ratios = new ArrayList<Ratio>();
        for (var section : baselines) {
            for (var figure : List.of(Baselines.ROWS_INSERTED, Baselines.ROWS_BATCHED)) {
                ratios.add(Ratio.of(ROWS + " over " + figure, Baselines.median(summary, ROWS), section.value(figure)));
            }
        }
        return new Baseline(baselines, ratios);
    }

    private static Section rebuild(TestBed bed, int run) throws IOException, InterruptedException {
        var keyspace = KEYSPACE + run;
        var directory = bed.options().data().resolve("replay-" + run);
        Files.createDirectories(directory);
        var output = directory.resolve("output");
        var classPath = LocalStack.jarsIn(Checkout.directory(), "timeline-writer").stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-Dmillrace.data=" + bed.options().data(),
                        "-cp",
                        classPath,
                        "io.millrace.timeline.replay.ReplayMain",
                        "rebuild",
                        "--keyspace",
                        keyspace,
                        "--state",
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        var processes = bed.processes();
        processes.put("replay", List.of(process.pid()));
        var watch = CpuWatch.start(processes);
        int exitCode = process.waitFor();
        var cpu = watch.end();
        var text = Files.readString(output);
        var done = DONE.matcher(text);
        if (exitCode != 0 || !done.find()) {
            throw new IOException("the rebuild ended with " + exitCode + ": " + text);
        }
        double records = Double.parseDouble(done.group(1).replace(",", ""));
        double seconds = Double.parseDouble(done.group(2));
        double rows = rows(bed, keyspace);
        bed.say("  run " + run + ": " + Math.round(records / seconds) + " records a second");
        return Section.of(
                "run " + run,
                List.of(
                        new Figure("records", records, "records"),
                        new Figure("rows", rows, "rows"),
                        new Figure("took", seconds, "s"),
                        new Figure("records rebuilt", records / seconds, "records/s"),
                        new Figure(ROWS, rows / seconds, "rows/s")),
                List.of(),
                cpu);
    }

    /** Rows that are there in the end; what was written over is not counted twice. */
    private static double rows(TestBed bed, String keyspace) {
        double rows = 0;
        var tables = bed.session()
                .execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = '" + keyspace + "'");
        for (var table : tables) {
            rows += bed.session()
                    .execute("SELECT COUNT(*) FROM " + keyspace + "." + table.getString(0))
                    .one()
                    .getLong(0);
        }
        return rows;
    }
}
