package io.millrace.benchmarks.peer;

import io.millrace.benchmarks.BenchOptions;
import io.millrace.benchmarks.load.Talk;
import io.millrace.benchmarks.stage.Site;
import io.millrace.guarantees.load.Await;
import io.millrace.guarantees.load.Operations;
import io.millrace.localstack.part.StackException;
import io.millrace.localstack.part.StackException.Trouble;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The devices of a run with the peer, each of a user of its own, and the peer itself. */
public final class PeerCrowd implements AutoCloseable {
    private static final Duration OPENING = Duration.ofMinutes(3);
    private static final long PACE_MS = 10;
    private static final long LOOK_MS = 50;

    private final Ejabberd peer;
    private final List<XmppDevice> devices = new ArrayList<>();

    private PeerCrowd(Ejabberd peer) {
        this.peer = peer;
    }

    /** Starts the peer and signs in as many users as there are to be. */
    public static PeerCrowd open(BenchOptions options, PrintWriter out, Operations operations)
            throws IOException, InterruptedException {
        var crowd = new PeerCrowd(Ejabberd.start(options, out));
        boolean open = false;
        try {
            crowd.signIn(options.users(), operations);
            open = true;
            return crowd;
        } finally {
            if (!open) {
                crowd.close();
            }
        }
    }

    private void signIn(int users, Operations operations) throws InterruptedException {
        peer.say("signing in " + users + " users of the peer");
        var reactors = peer.reactors();
        for (int i = 0; i < users; i++) {
            var device = new XmppDevice("user-" + i, reactors.get(i % reactors.size()), operations);
            devices.add(device);
            device.connect(peer.address());
            TimeUnit.MILLISECONDS.sleep(PACE_MS);
        }
        if (!Await.that(() -> devices.stream().allMatch(XmppDevice::isThere), OPENING, LOOK_MS)) {
            var missing = devices.stream().filter(each -> !each.isThere()).toList();
            throw new StackException(
                    Trouble.PART_FAILED,
                    missing.size() + " of " + users + " users of the peer are not there after " + OPENING.toSeconds()
                            + " s: " + missing.get(0).trouble());
        }
    }

    public Site site() {
        return peer;
    }

    /** Two by two, as with Millrace. */
    public Talk pairs() {
        int characters = peer.options().characters();
        return (random, reactor, reactors) -> {
            int from = Talk.any(random, devices.size(), reactor, reactors);
            var to = devices.get(Talk.partner(from, devices.size())).user();
            return new Talk.Errand(operation -> devices.get(from).send(operation, to, characters), to);
        };
    }

    @Override
    public void close() throws IOException, InterruptedException {
        devices.forEach(XmppDevice::stop);
        peer.close();
    }
}
