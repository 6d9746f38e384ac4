package io.millrace.benchmarks;

import io.millrace.benchmarks.load.Ledger;
import io.millrace.benchmarks.load.PullableWatch;
import io.millrace.benchmarks.load.Rates;
import io.millrace.benchmarks.load.Talk;
import io.millrace.benchmarks.load.Traffic;
import io.millrace.benchmarks.stage.TestBed;
import io.millrace.guarantees.load.Await;
import io.millrace.guarantees.load.Device;
import io.millrace.guarantees.load.Groups;
import io.millrace.guarantees.load.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Timelines with the same number of entries each, all of one group whose members are away: that way entries are many and
 * messages few.
 */
final class Backlog {
    private static final int SPEAKERS = 10;
    private static final Duration STORED = Duration.ofMinutes(5);
    private static final long LOOK_MS = 200;

    private Backlog() {}

    /**
     * Returns when everything is in the store.
     *
     * @param rate entries a second, all members together
     * @return the users who are away
     */
    static List<String> make(TestBed bed, int users, int entries, double rate)
            throws IOException, InterruptedException {
        bed.say("making " + entries + " entries for each of " + users + " users");
        var ledger = new Ledger(PullableWatch.NONE);
        var away = IntStream.range(0, users).mapToObj(i -> "away-" + i).toList();
        try (var crowd = bed.crowd(ledger)) {
            var speakers = crowd.add("speaker", SPEAKERS, bed.place());
            Sessions.open(bed, crowd, speakers, Direct.CONNECTS_A_SECOND);
            var members = new ArrayList<>(speakers.stream().map(Device::user).toList());
            members.addAll(away);
            var to = Message.toConversation(Groups.create(bed.edgeUrl(), bed.tokens(), members));
            Talk talk = (random, reactor, reactors) -> {
                var from = speakers.get(Talk.any(random, SPEAKERS, reactor, reactors));
                return Talk.Errand.of(from, to, from.user(), bed.options().characters());
            };
            var traffic =
                    new Traffic(bed.reactors(), ledger, talk, bed.options().seed());
            double perSecond = Math.max(1, rate / users);
            while (ledger.posted() < entries) {
                int missing = (int) (entries - ledger.posted());
                var stretch = ledger.open(Rates.constant(perSecond, missing / perSecond), SPEAKERS - 1);
                traffic.send(stretch);
                traffic.settle(stretch, STORED);
                perSecond = Math.max(1, perSecond / (stretch.refusedCount() > 0 ? 2 : 1));
            }
        }
        var head = bed.session().prepare("SELECT head FROM millrace.conversations_by_user WHERE user = ? LIMIT 1");
        for (var user : away) {
            boolean stored = Await.that(
                    () -> {
                        var row = bed.session().execute(head.bind(user)).one();
                        return row != null && row.getLong(0) >= entries;
                    },
                    STORED,
                    LOOK_MS);
            if (!stored) {
                throw new IOException("the timeline of " + user + " is not stored after " + STORED.toSeconds() + " s");
            }
        }
        return away;
    }
}
