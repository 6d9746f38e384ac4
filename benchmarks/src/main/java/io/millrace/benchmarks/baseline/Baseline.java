package io.millrace.benchmarks.baseline;

import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.stage.TestBed;
import java.io.IOException;

/** What one part bears without Millrace. */
interface Baseline {
    Section measure(TestBed bed, Size size) throws IOException, InterruptedException;

    /**
     * How much.
     *
     * @param perSecond records a second where a rate is kept
     * @param seconds of each measurement
     * @param recordBytes of a record's value
     */
    record Size(double perSecond, double seconds, int recordBytes) {}
}
