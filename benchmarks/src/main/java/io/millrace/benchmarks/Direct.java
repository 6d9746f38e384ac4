package io.millrace.benchmarks;

import io.millrace.benchmarks.baseline.Baselines;
import io.millrace.benchmarks.load.Ledger;
import io.millrace.benchmarks.load.StoredHeads;
import io.millrace.benchmarks.load.Talk;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.report.Summary;
import io.millrace.benchmarks.stage.TestBed;
import java.io.IOException;
import java.util.List;

/** Durable chat two by two: accepted in the log, posted, delivered to the recipient's socket, pullable from the store. */
final class Direct implements Scenario {
    static final int CONNECTS_A_SECOND = 400;

    @Override
    public String name() {
        return "direct";
    }

    @Override
    public String description() {
        return "durable chat two by two, each time counted from when the message was due";
    }

    @Override
    public List<Section> runs(TestBed bed) throws IOException, InterruptedException {
        try (var heads = new StoredHeads(bed.session())) {
            var ledger = new Ledger(heads);
            try (var crowd = bed.crowd(ledger)) {
                var devices = crowd.add("user", bed.options().users(), bed.place());
                Sessions.open(bed, crowd, devices, CONNECTS_A_SECOND);
                return new Chat(
                                bed,
                                ledger,
                                Talk.pairs(devices, bed.options().characters()),
                                1,
                                "run ",
                                Counts.begin(bed))
                        .runs(bed.options().rate());
            }
        }
    }

    @Override
    public Baseline baseline(TestBed bed, List<Section> runs) throws IOException, InterruptedException {
        var baselines = Baselines.measure(bed, Summary.of(runs));
        return new Baseline(baselines.sections(), baselines.ratios());
    }
}
