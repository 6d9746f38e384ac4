package io.millrace.benchmarks;

import io.millrace.benchmarks.report.Ratio;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.stage.TestBed;
import java.io.IOException;
import java.util.List;

/** One kind of load. */
interface Scenario {
    /** As the command line has it. */
    String name();

    String description();

    /** What was measured, run by run. */
    List<Section> runs(TestBed bed) throws IOException, InterruptedException;

    /** What the runs are held against, measured behind them; the services may end for it. */
    default Baseline baseline(TestBed bed, List<Section> runs) throws IOException, InterruptedException {
        return Baseline.NONE;
    }

    /** Measurements without Millrace, and what the runs are over them. */
    record Baseline(List<Section> sections, List<Ratio> ratios) {
        static final Baseline NONE = new Baseline(List.of(), List.of());
    }
}
