package io.millrace.benchmarks.report;

/** A number of the runs (their median) over one of a baseline. */
public record Ratio(String name, double measured, double baseline, double ratio) {
    public static Ratio of(String name, double measured, double baseline) {
        return new Ratio(name, measured, baseline, measured / baseline);
    }

    public boolean known() {
        return Double.isFinite(ratio);
    }
}
