package io.millrace.benchmarks;

import io.millrace.benchmarks.load.Ledger;
import io.millrace.benchmarks.load.Rates;
import io.millrace.benchmarks.load.Talk;
import io.millrace.benchmarks.load.Traffic;
import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.stage.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Some talk, warmed up, measured as often as is wished, at a rate or at the most that is borne. */
final class Chat {
    private static final double LESS = 0.9;
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private final Site site;
    private final Ledger ledger;
    private final Traffic traffic;
    private final int copies;
    private final String name;
    private final Costs costs;

    /**
     * @param copies devices that each message is delivered to
     * @param name begins the names of the runs
     * @param costs counted from now on
     */
    Chat(Site site, Ledger ledger, Talk talk, int copies, String name, Costs costs) {
        this.site = site;
        this.ledger = ledger;
        this.traffic = new Traffic(site.reactors(), ledger, talk, site.options().seed());
        this.copies = copies;
        this.name = name;
        this.costs = costs;
    }

    Traffic traffic() {
        return traffic;
    }

    /** So that the JVMs have compiled what is hot before anything counts. */
    void warmUp(double rate) throws InterruptedException {
        double seconds = site.options().warmUp().toMillis() / 1e3;
        if (seconds > 0) {
            site.say("warming up");
            var stretch = ledger.open(Rates.constant(rate, seconds), copies);
            traffic.send(stretch);
            traffic.settle(stretch, SETTLING);
        }
    }

    /** The last run also has what a message comes to in the log and in the store, from before the warm-up on. */
    List<Section> runs(double wanted) throws InterruptedException {
        var options = site.options();
        long before = ledger.posted();
        double rate = wanted;
        warmUp(rate);
        if (options.most()) {
            rate = new Search(site, traffic, ledger, copies).most(rate);
        }
        var runs = new ArrayList<Section>();
        while (runs.size() < options.runs()) {
            var measured =
                    Measurement.take(site, traffic, ledger.open(Rates.constant(rate, options.seconds()), copies));
            int run = runs.size() + 1;
            site.say(line(name + run, measured));
            if (options.most() && !measured.isBorne() && rate > 1) {
                rate *= LESS;
                continue;
            }
            var more = run < options.runs() ? List.<Figure>of() : costs.perMessage(ledger.posted() - before);
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
