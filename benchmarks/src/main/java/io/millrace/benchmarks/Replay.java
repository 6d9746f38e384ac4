package io.millrace.benchmarks;

import io.millrace.benchmarks.baseline.ConsumerTool;
import io.millrace.benchmarks.baseline.RawRows;
import io.millrace.benchmarks.load.Ledger;
import io.millrace.benchmarks.load.StoredHeads;
import io.millrace.benchmarks.machine.CpuWatch;
import io.millrace.benchmarks.report.CpuUse;
import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.report.Ratio;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.report.Spread;
import io.millrace.benchmarks.report.Summary;
import io.millrace.benchmarks.stage.Rebuild;
import io.millrace.benchmarks.stage.TestBed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The store is written again from the log into another keyspace, and held against the same rows written by the driver alone;
 * the log is read for a rebuild that goes on, and held against Kafka's own tool; and people talk while a rebuild runs.
 */
final class Replay implements Scenario {
    static final String ROWS = "rows written";
    static final String RAW_ROWS = "the same rows written by the driver alone";
    static final String READ = "records read";
    static final String FOLLOWED = "records read, decoded and followed";
    static final String TOOL_READ = "records read by Kafka's consumer performance tool";

    private static final String KEYSPACE = "millrace_again";
    private static final String READ_KEYSPACE = "millrace_read";
    private static final String SKIM_KEYSPACE = "millrace_skimmed";
    private static final String TOPIC = "timeline-entries";
    private static final String TABLE = "timelines_by_user";
    /** Each of them makes one partition be read; so many of them leave none out. */
    private static final String NOBODY =
            IntStream.range(0, 200).mapToObj(i -> "nobody-" + i).collect(Collectors.joining(","));

    private static final double ENTRIES_A_SECOND = 8000;

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String description() {
        return "the store written again from the log, the log read, and talk beside a rebuild";
    }

    @Override
    public List<Section> runs(TestBed bed) throws IOException, InterruptedException {
        var options = bed.options();
        Backlog.make(bed, Math.min(options.users(), 100), options.missed(), ENTRIES_A_SECOND);
        try (var heads = new StoredHeads(bed.session())) {
            var ledger = new Ledger(heads);
            try (var crowd = bed.crowd(ledger)) {
                var devices = crowd.add("user", options.users(), bed.place());
                Sessions.open(bed, crowd, devices, Direct.CONNECTS_A_SECOND);
                var talk = new BesideRebuild(bed, ledger, devices);
                var runs = new ArrayList<Section>();
                for (int run = 1; run <= options.runs(); run++) {
                    bed.say("run " + run);
                    var figures = new ArrayList<Figure>();
                    var times = new ArrayList<Spread>();
                    var cpu = rebuild(bed, KEYSPACE + run, figures);
                    read(bed, figures);
                    talk.measure(figures, times);
                    runs.add(Section.of("run " + run, figures, times, cpu));
                }
                return runs;
            }
        }
    }

    /** The baselines are measured within the runs, each right behind what is held against it. */
    @Override
    public Baseline baseline(TestBed bed, List<Section> runs) {
        var summary = Summary.of(runs);
        var own = Stream.of(
                        over(summary, ROWS, RAW_ROWS),
                        over(summary, READ, TOOL_READ),
                        over(summary, FOLLOWED, TOOL_READ))
                .filter(Ratio::known);
        return new Baseline(
                List.of(),
                Stream.concat(own, BesideRebuild.ratios(summary).stream()).toList());
    }

    private static Ratio over(List<Summary> runs, String figure, String baseline) {
        return Ratio.of(figure + " over " + baseline, Summary.median(runs, figure), Summary.median(runs, baseline));
    }

    private static List<CpuUse> rebuild(TestBed bed, String keyspace, List<Figure> figures)
            throws IOException, InterruptedException {
        Rebuild.Outcome outcome;
        List<CpuUse> cpu;
        try (var rebuild = Rebuild.start(bed, keyspace, List.of())) {
            var processes = bed.processes();
            processes.put("replay", List.of(rebuild.pid()));
            var watch = CpuWatch.start(processes);
            outcome = rebuild.await();
            cpu = watch.end();
        }
        double rows = rows(bed, keyspace);
        figures.add(new Figure("records", outcome.records(), "records"));
        figures.add(new Figure("rows", rows, "rows"));
        figures.add(new Figure("took", outcome.seconds(), "s"));
        figures.add(new Figure("records rebuilt", outcome.records() / outcome.seconds(), "records/s"));
        told(bed, figures, new Figure(ROWS, rows / outcome.seconds(), "rows/s"));
        if (bed.options().baselineTime().toMillis() > 0) {
            told(bed, figures, new Figure(RAW_ROWS, RawRows.perSecond(bed, keyspace, rows), "rows/s"));
        }
        return cpu;
    }

    /** Two rebuilds that have nothing to write, and the tool, all of the same records. */
    private static void read(TestBed bed, List<Figure> figures) throws IOException, InterruptedException {
        var goingOn = List.of("--table", TABLE, "--continue");
        try (var written = Rebuild.start(bed, READ_KEYSPACE, goingOn)) {
            written.await();
        }
        long records = ConsumerTool.recordsIn(bed, TOPIC);
        // Of users of whom there is nothing: every record is read and passed over.
        try (var reading =
                Rebuild.start(bed, SKIM_KEYSPACE, List.of("--table", TABLE, "--restart", "--user", NOBODY))) {
            told(bed, figures, new Figure(READ, records / reading.await().seconds(), "records/s"));
        }
        // From behind its end: every record is read to know the heads.
        try (var following = Rebuild.start(bed, READ_KEYSPACE, goingOn)) {
            told(bed, figures, new Figure(FOLLOWED, records / following.await().seconds(), "records/s"));
        }
        if (bed.options().baselineTime().toMillis() > 0) {
            told(bed, figures, new Figure(TOOL_READ, ConsumerTool.recordsPerSecond(bed, TOPIC, records), "records/s"));
        }
    }

    private static void told(TestBed bed, List<Figure> figures, Figure figure) {
        figures.add(figure);
        bed.say(String.format(Locale.ROOT, "  %s: %.0f a second", figure.name(), figure.value()));
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
