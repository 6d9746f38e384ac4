package io.millrace.benchmarks;

import io.millrace.benchmarks.load.Ledger;
import io.millrace.benchmarks.load.PullableWatch;
import io.millrace.benchmarks.load.Rates;
import io.millrace.benchmarks.load.Rates.Span;
import io.millrace.benchmarks.load.Talk;
import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.report.Spread;
import io.millrace.benchmarks.stage.TestBed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Ten times the load from one instant to the next, and back. */
final class Step implements Scenario {
    private static final double TIMES = 10;
    /** As long as the load is high; the rest of the time is before and after it. */
    private static final double HIGH_SECONDS = 5;

    private static final double FACTOR = 2;
    private static final double SLACK_MS = 100;

    @Override
    public String name() {
        return "step";
    }

    @Override
    public String description() {
        return "ten times the load at once, and back: what is lost, and when it is normal again";
    }

    @Override
    public List<Section> runs(TestBed bed) throws IOException, InterruptedException {
        var options = bed.options();
        var runs = new ArrayList<Section>();
        var ledger = new Ledger(PullableWatch.NONE);
        try (var crowd = bed.crowd(ledger)) {
            var devices = crowd.add("user", options.users(), bed.place());
            Sessions.open(bed, crowd, devices, Direct.CONNECTS_A_SECOND);
            var chat = new Chat(bed, ledger, Talk.pairs(devices, options.characters()), 1, "run ", Costs.NONE);
            chat.warmUp(options.rate());
            double high = Math.min(HIGH_SECONDS, options.seconds() / 3);
            double before = (options.seconds() - high) / 3;
            double after = options.seconds() - high - before;
            for (int run = 1; run <= options.runs(); run++) {
                var rates = new Rates(List.of(
                        new Span(options.rate(), before),
                        new Span(options.rate() * TIMES, high),
                        new Span(options.rate(), after)));
                var measured = Measurement.take(bed, chat.traffic(), ledger.open(rates, 1));
                var normal = normalAgain(measured.stretch().deliveredBySecond(), before, before + high);
                bed.say("  run " + run + ": normal again after " + normal + " s");
                runs.add(measured.section(
                        "run " + run,
                        List.of(
                                new Figure("times the load, for " + high + " s", TIMES, "times"),
                                new Figure("normal p99 again after the fall (-1: not meanwhile)", normal, "s"))));
            }
        }
        return runs;
    }

    /** Seconds from the fall to the first second from which on every second is as those before the rise; -1 if there is none. */
    static double normalAgain(List<Spread.Second> seconds, double rise, double fall) {
        double normal = 0;
        for (var second : seconds) {
            if (second.second() + 1 <= rise) {
                normal = Math.max(normal, second.p99());
            }
        }
        double bound = Math.max(FACTOR * normal, normal + SLACK_MS);
        double since = -1;
        for (var second : seconds) {
            if (second.second() >= fall) {
                if (second.p99() > bound) {
                    since = -1;
                } else if (since < 0) {
                    since = second.second() - fall;
                }
            }
        }
        return since;
    }
}
