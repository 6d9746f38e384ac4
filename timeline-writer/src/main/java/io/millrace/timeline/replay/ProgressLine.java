package io.millrace.timeline.replay;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Shows how far something is, how fast, and how long it will take. Thread-safe, but printed by one thread. */
final class ProgressLine {
    private static final long SELDOM_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final PrintWriter out;
    private final boolean terminal;
    private final String what;
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong offsets = new AtomicLong();
    private final long beganNanos = System.nanoTime();
    private long total;
    private long printedNanos = beganNanos;

    /** @param terminal the line is written over itself every time, otherwise a new one comes every ten seconds */
    ProgressLine(PrintWriter out, boolean terminal, String what) {
        this.out = out;
        this.terminal = terminal;
        this.what = what;
    }

    /** @param offsets how many there are to be passed from here on */
    void begin(long offsets) {
        total = this.offsets.get() + Math.max(0, offsets);
    }

    void advance(int recordsMore, long offsetsMore) {
        records.addAndGet(recordsMore);
        offsets.addAndGet(offsetsMore);
    }

    long records() {
        return records.get();
    }

    Duration took() {
        return Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    /** Prints it if it is time to. */
    void print() {
        long now = System.nanoTime();
        if (terminal) {
            out.print("\r" + text(took()) + " ");
            out.flush();
        } else if (now - printedNanos > SELDOM_NANOS) {
            printedNanos = now;
            out.println(text(took()));
            out.flush();
        }
    }

    /** Ends the line. */
    void end() {
        if (terminal) {
            out.println("\r" + text(took()) + " ");
            out.flush();
        }
    }

    String text(Duration took) {
        double seconds = Math.max(0.001, took.toMillis() / 1000.0);
        long done = offsets.get();
        long left = Math.max(0, total - done);
        var rest = done == 0 ? "?" : Math.round(left / (done / seconds)) + " s";
        return String.format(
                Locale.ROOT,
                "%s %3d %%  %,d records, %,d/s, %s left",
                what,
                total == 0 ? 100 : Math.min(100, 100 * done / total),
                records.get(),
                Math.round(records.get() / seconds),
                rest);
    }
}
