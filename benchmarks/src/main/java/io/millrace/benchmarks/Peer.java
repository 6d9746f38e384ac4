package io.millrace.benchmarks;

import io.millrace.benchmarks.load.Ledger;
import io.millrace.benchmarks.load.PullableWatch;
import io.millrace.benchmarks.peer.PeerCrowd;
import io.millrace.benchmarks.report.Ratio;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.report.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The same talk, by the same generator, with another server. */
final class Peer {
    static final String EJABBERD = "ejabberd";

    private static final List<String> COMPARED =
            List.of("delivered a second", "accepted, p50", "accepted, p99", "delivered, p50", "delivered, p99");

    private Peer() {}

    /** Its runs are named after it; what it accepts counts as posted, too: it has one answer. */
    static List<Section> measure(BenchOptions options, PrintWriter out) throws IOException, InterruptedException {
        var ledger = new Ledger(PullableWatch.NONE);
        try (var crowd = PeerCrowd.open(options, out, ledger)) {
            return new Chat(crowd.site(), ledger, crowd.pairs(), 1, EJABBERD + ", run ", Costs.NONE)
                    .runs(options.rate());
        }
    }

    /** What we are of it, by medians. */
    static List<Ratio> ratios(List<Section> ours, List<Section> theirs) {
        var all = new ArrayList<Ratio>();
        for (var figure : COMPARED) {
            all.add(Ratio.of(
                    figure + " over that of " + EJABBERD,
                    Summary.median(Summary.of(ours), figure),
                    Summary.median(Summary.of(theirs), figure)));
        }
        return all.stream().filter(Ratio::known).toList();
    }
}
