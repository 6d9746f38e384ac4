package io.millrace.benchmarks;

import io.millrace.benchmarks.load.Ledger;
import io.millrace.benchmarks.load.PullableWatch;
import io.millrace.benchmarks.load.Talk;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.stage.TestBed;
import io.millrace.guarantees.load.Device;
import io.millrace.guarantees.load.Groups;
import io.millrace.guarantees.load.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Groups of several sizes, one after the other; {@code --rate} counts the entries of all members together. */
final class Group implements Scenario {
    @Override
    public String name() {
        return "group";
    }

    @Override
    public String description() {
        return "groups of several sizes, everybody there; the rate counts entries";
    }

    @Override
    public List<Section> runs(TestBed bed) throws IOException, InterruptedException {
        var runs = new ArrayList<Section>();
        for (int size : bed.options().members()) {
            var ledger = new Ledger(PullableWatch.NONE);
            try (var crowd = bed.crowd(ledger)) {
                var members = crowd.add("of-" + size, size, bed.place());
                Sessions.open(bed, crowd, members, Direct.CONNECTS_A_SECOND);
                var group = Groups.create(
                        bed.edgeUrl(),
                        bed.tokens(),
                        members.stream().map(Device::user).toList());
                var to = Message.toConversation(group);
                Talk talk = (random, reactor, reactors) -> {
                    var from = members.get(Talk.any(random, size, reactor, reactors));
                    return Talk.Errand.of(from, to, from.user(), bed.options().characters());
                };
                runs.addAll(new Chat(bed, ledger, talk, size - 1, "group of " + size + ", run ", Counts.begin(bed))
                        .runs(Math.max(0.2, bed.options().rate() / size)));
            }
        }
        return runs;
    }
}
