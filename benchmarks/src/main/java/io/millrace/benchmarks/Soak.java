package io.millrace.benchmarks;

import io.millrace.benchmarks.load.Ledger;
import io.millrace.benchmarks.load.Rates;
import io.millrace.benchmarks.load.StoredHeads;
import io.millrace.benchmarks.load.Talk;
import io.millrace.benchmarks.machine.GrowthWatch;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.stage.TestBed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Long at 60 % of what is borne: memory, threads and files are to stay flat. */
final class Soak implements Scenario {
    private static final double SHARE = 0.6;
    private static final double SAMPLES = 200;

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String description() {
        return "long at a rate (with --max at 60 % of the most): memory, threads, files over time";
    }

    @Override
    public List<Section> runs(TestBed bed) throws IOException, InterruptedException {
        var options = bed.options();
        try (var heads = new StoredHeads(bed.session())) {
            var ledger = new Ledger(heads);
            try (var crowd = bed.crowd(ledger)) {
                var devices = crowd.add("user", options.users(), bed.place());
                Sessions.open(bed, crowd, devices, Direct.CONNECTS_A_SECOND);
                var chat = new Chat(bed, ledger, Talk.pairs(devices, options.characters()), 1, "soak ", Costs.NONE);
                chat.warmUp(options.rate());
                double rate = options.most()
                        ? SHARE * new Search(bed, chat.traffic(), ledger, 1).most(options.rate())
                        : options.rate();
                var counts = Counts.begin(bed);
                long before = ledger.posted();
                var growth = GrowthWatch.start(bed.processes(), Math.max(1, options.seconds() / SAMPLES));
                var measured =
                        Measurement.take(bed, chat.traffic(), ledger.open(Rates.constant(rate, options.seconds()), 1));
                growth.end();
                var figures = new ArrayList<>(growth.growth());
                figures.addAll(counts.perMessage(ledger.posted() - before));
                var section = measured.section("soak", figures);
                var run = new Section(
                        section.name(), section.figures(), section.latencies(), section.cpu(), growth.series());
                return List.of(run);
            }
        }
    }
}
