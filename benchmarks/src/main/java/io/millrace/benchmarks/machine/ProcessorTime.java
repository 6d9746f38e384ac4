package io.millrace.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** Seconds of processor time, as Linux counts them. */
final class ProcessorTime {
    /** Linux tells everything in hundredths of a second, whatever its own clock is. */
    private static final double TICKS_A_SECOND = 100;

    private static final int USER = 11;
    private static final int SYSTEM = 12;

    private ProcessorTime() {}

    /** What a process took since its begin; empty if there is none. */
    static OptionalDouble of(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name before it is in brackets and may hold anything.
            var words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return OptionalDouble.of(
                    (Double.parseDouble(words[USER]) + Double.parseDouble(words[SYSTEM])) / TICKS_A_SECOND);
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    /** What the machine did not idle, and what its host gave to others. */
    record Machine(double busy, double stolen) {}

    static Machine ofMachine() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            var words = lines.findFirst().orElseThrow().split("\\s+", -1);
            // cpu user nice system idle iowait irq softirq steal
            double busy = 0;
            for (int i : new int[] {1, 2, 3, 6, 7}) {
                busy += Double.parseDouble(words[i]);
            }
            return new Machine(busy / TICKS_A_SECOND, Double.parseDouble(words[8]) / TICKS_A_SECOND);
        } catch (IOException e) {
            return new Machine(0, 0);
        }
    }
}
