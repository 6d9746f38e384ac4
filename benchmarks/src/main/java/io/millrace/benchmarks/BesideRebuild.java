package io.millrace.benchmarks;

import io.millrace.benchmarks.load.Ledger;
import io.millrace.benchmarks.load.Rates;
import io.millrace.benchmarks.load.Talk;
import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.report.Ratio;
import io.millrace.benchmarks.report.Spread;
import io.millrace.benchmarks.report.Summary;
import io.millrace.benchmarks.stage.TestBed;
import io.millrace.guarantees.load.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The same talk by itself, while a rebuild with a rate limit runs, and while one without runs. */
final class BesideRebuild {
    private static final String ALONE = "no rebuild";
    private static final String SPARED = "rebuild with a limit";
    private static final String UNSPARED = "rebuild without";
    /** Names of what is held against each other. */
    static final List<String> STRETCHES = List.of(ALONE, SPARED, UNSPARED);

    private static final String KEYSPACE = "millrace_beside";

    private final TestBed bed;
    private final Ledger ledger;
    private final Chat chat;

    /** Warms up. */
    BesideRebuild(TestBed bed, Ledger ledger, List<Device> devices) throws InterruptedException {
        this.bed = bed;
        this.ledger = ledger;
        this.chat = new Chat(bed, ledger, Talk.pairs(devices, bed.options().characters()), 1, "", Costs.NONE);
        chat.warmUp(bed.options().rate());
    }

    /** Adds what one run came to. */
    void measure(List<Figure> figures, List<Spread> times) throws IOException, InterruptedException {
        talk(ALONE, figures, times);
        beside(SPARED, List.of("--rate", Integer.toString(bed.options().rebuildRate())), figures, times);
        beside(UNSPARED, List.of(), figures, times);
    }

    private void beside(String what, List<String> more, List<Figure> figures, List<Spread> times)
            throws IOException, InterruptedException {
        var rebuilding = Rebuilding.begin(
                bed,
                KEYSPACE,
                Stream.concat(Stream.of("--restart"), more.stream()).toList());
        try {
            talk(what, figures, times);
        } finally {
            rebuilding.end();
        }
    }

    private void talk(String what, List<Figure> figures, List<Spread> times) throws InterruptedException {
        var options = bed.options();
        var stretch = Measurement.take(
                        bed, chat.traffic(), ledger.open(Rates.constant(options.rate(), options.seconds()), 1))
                .stretch();
        figures.add(new Figure("sent, " + what, stretch.sentCount(), "messages"));
        figures.add(new Figure("delivered, " + what, stretch.deliveredCount(), "messages"));
        figures.add(new Figure("refused or lost, " + what, stretch.refusedCount() + stretch.lostCount(), "messages"));
        stretch.spreads().forEach(spread -> times.add(spread.named(spread.name() + ", " + what)));
        bed.say(String.format(
                Locale.ROOT,
                "  %s: delivered p50 %.0f ms, p99 %.0f ms",
                what,
                stretch.deliveredMs(50),
                stretch.deliveredMs(99)));
    }

    /** What the rebuilds do to the times of the talk. */
    static List<Ratio> ratios(List<Summary> runs) {
        var all = new ArrayList<Ratio>();
        for (var time : List.of("delivered", "pullable")) {
            for (var what : List.of(SPARED, UNSPARED)) {
                all.add(Ratio.of(
                        time + ", p99: " + what + " over " + ALONE,
                        Summary.median(runs, time + ", " + what + ", p99"),
                        Summary.median(runs, time + ", " + ALONE + ", p99")));
            }
        }
        return all.stream().filter(Ratio::known).toList();
    }
}
