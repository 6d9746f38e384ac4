package io.millrace.benchmarks;

import io.millrace.benchmarks.load.Ledger;
import io.millrace.benchmarks.load.Rates;
import io.millrace.benchmarks.load.Traffic;
import io.millrace.benchmarks.stage.Site;
import java.util.Locale;

/** Looks for the most messages a second that are borne: in steps of a half more, then by halves between. */
final class Search {
    private static final double STEP = 1.5;
    private static final double ENOUGH = 1.08;
    private static final double MOST = 100_000;
    private static final double STRETCH_SECONDS = 15;

    private final Site site;
    private final Traffic traffic;
    private final Ledger ledger;
    private final int copies;

    /** @param copies devices that each message is delivered to */
    Search(Site site, Traffic traffic, Ledger ledger, int copies) {
        this.site = site;
        this.traffic = traffic;
        this.ledger = ledger;
        this.copies = copies;
    }

    /** @param from where to begin; 1 if not even that is borne and nothing below it */
    double most(double from) throws InterruptedException {
        double borne = from;
        double tooMuch = MOST;
        if (isBorne(from)) {
            while (borne * STEP < MOST) {
                if (!isBorne(borne * STEP)) {
                    tooMuch = borne * STEP;
                    break;
                }
                borne *= STEP;
            }
        } else {
            tooMuch = from;
            borne = from / STEP;
            while (borne > 1 && !isBorne(borne)) {
                tooMuch = borne;
                borne /= STEP;
            }
        }
        while (tooMuch / borne > ENOUGH) {
            double between = Math.sqrt(borne * tooMuch);
            if (isBorne(between)) {
                borne = between;
            } else {
                tooMuch = between;
            }
        }
        return Math.max(1, borne);
    }

    private boolean isBorne(double rate) throws InterruptedException {
        double seconds = Math.min(STRETCH_SECONDS, site.options().seconds());
        var measured = Measurement.take(site, traffic, ledger.open(Rates.constant(rate, seconds), copies));
        var stretch = measured.stretch();
        site.say(String.format(
                Locale.ROOT,
                "  %.0f a second: delivered %.0f, p50 %.0f ms, p99 %.0f ms, refused %d%s",
                rate,
                stretch.deliveredPerSecond(),
                stretch.deliveredMs(50),
                stretch.deliveredMs(99),
                stretch.refusedCount(),
                measured.isBorne() ? "" : ": too much"));
        return measured.isBorne();
    }
}
