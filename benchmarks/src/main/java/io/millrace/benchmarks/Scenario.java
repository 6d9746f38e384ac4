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

    Outcome run(TestBed bed) throws IOException, InterruptedException;

    /** What was measured: runs to be summed up, and what they are held against. */
    record Outcome(List<Section> runs, List<Section> baselines, List<Ratio> ratios) {}
}
