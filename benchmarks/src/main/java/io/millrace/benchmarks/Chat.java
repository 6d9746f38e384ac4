package io.millrace.benchmarks;

import io.millrace.benchmarks.load.Ledger;
import io.millrace.benchmarks.load.Rates;
import io.millrace.benchmarks.load.Talk;
import io.millrace.benchmarks.load.Traffic;
import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.stage.TestBed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Some talk, warmed up, measured as often as is wished, at a rate or at the most that is borne. */
final class Chat {
    private static final double LESS = 0.9;
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private final TestBed bed;
    private final Ledger ledger;
    private final Traffic traffic;
    private final int copies;
    private final String name;

    /**
     * @param copies devices that each message is delivered to
     * @param name begins the names of the runs
     */
    Chat(TestBed bed, Ledger ledger, Talk talk, int copies, String name) {
        this.bed = bed;
        this.ledger = ledger;
        this.traffic = new Traffic(
                bed.reactors(),
                ledger,
                talk,
                bed.options().characters(),
                bed.options().seed());
        this.copies = copies;
        this.name = name;
    }

    Traffic traffic() {
        return traffic;
    }

    /** So that the JVMs have compiled what is hot before anything counts. */
    void warmUp(double rate) throws InterruptedException {
        double seconds = bed.options().warmUp().toMillis() / 1e3;
        if (seconds > 0) {
            bed.say("warming up");
            var stretch = ledger.open(Rates.constant(rate, seconds), copies);
            traffic.send(stretch);
            traffic.settle(stretch, SETTLING);
        }
    }

    /** The last run also has what a message comes to in the log and in the store, from before the warm-up on. */
    List<Section> runs(double wanted) throws InterruptedException {
        var options = bed.options();
        var counts = Counts.begin(bed);
        long before = ledger.posted();
        double rate = wanted;
        warmUp(rate);
        if (options.most()) {
            rate = new Search(bed, traffic, ledger, copies).most(rate);
        }
        var runs = new ArrayList<Section>();
        while (runs.size() < options.runs()) {
            var measured = Measurement.take(bed, traffic, ledger.open(Rates.constant(rate, options.seconds()), copies));
            int run = runs.size() + 1;
            bed.say(line(name + run, measured));
            if (options.most() && !measured.isBorne() && rate > 1) {
                rate *= LESS;
                continue;
            }
            var more = run < options.runs() ? List.<Figure>of() : counts.perMessage(ledger.posted() - before);
            runs.add(measured.section(name + run, more));
        }
        return runs;
    }

    private static String line(String run, Measurement measured) {
        var stretch = measured.stretch();
        return String.format(
                Locale.ROOT,
                "  %s: %.1f messages a second offered, %.0f delivered, p50 %.1f ms, p99 %.1f ms%s",
                run,
                stretch.rates().perSecond(),
                stretch.deliveredPerSecond(),
                stretch.deliveredMs(50),
                stretch.deliveredMs(99),
                measured.isBorne() ? "" : ": more than is borne");
    }
}
