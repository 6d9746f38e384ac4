package io.millrace.benchmarks.load;

import io.millrace.guarantees.load.Await;
import io.millrace.guarantees.load.wire.Reactor;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/**
 * Sends the messages of a stretch when they are due, whatever the answers are. It has no thread of its own: each reactor
 * looks once a millisecond what is due and sends that in one go, so that pacing costs next to nothing. A message belongs to
 * a reactor by its number.
 */
public final class Traffic {
    private static final long TURN_MS = 1;
    private static final long LOOK_MS = 20;
    /** So that every reactor has heard of it before the first message is due. */
    private static final long LEAD_NANOS = 5_000_000;

    private final List<Reactor> reactors;
    private final Ledger ledger;
    private final Talk talk;
    private final long seed;

    /** @param seed of who talks to whom */
    public Traffic(List<Reactor> reactors, Ledger ledger, Talk talk, long seed) {
        this.reactors = List.copyOf(reactors);
        this.ledger = ledger;
        this.talk = talk;
        this.seed = seed;
    }

    /** Sends all of it; returns when the last message was due and has been sent. */
    public void send(Stretch stretch) throws InterruptedException {
        var sent = new CountDownLatch(reactors.size());
        stretch.begin(System.nanoTime() + LEAD_NANOS);
        for (int r = 0; r < reactors.size(); r++) {
            var turns = new Turns(stretch, r, sent);
            reactors.get(r).execute(turns::turn);
        }
        sent.await();
    }

    /** Whether everything was answered, delivered and, as far as looked for, stored before the time was over. */
    public boolean settle(Stretch stretch, Duration within) throws InterruptedException {
        return Await.that(() -> stretch.isOver() && ledger.pullable().isOver(), within, LOOK_MS);
    }

    private final class Turns {
        private final Stretch stretch;
        private final int reactor;
        private final CountDownLatch sent;
        private final SplittableRandom random;
        private int next;

        Turns(Stretch stretch, int reactor, CountDownLatch sent) {
            this.stretch = stretch;
            this.reactor = reactor;
            this.sent = sent;
            this.random = new SplittableRandom(seed + stretch.first() + reactor);
            this.next = reactor;
        }

        void turn() {
            long now = System.nanoTime();
            int count = stretch.rates().count();
            while (next < count && stretch.dueNanos(next) <= now) {
                var errand = talk.next(random, reactor, reactors.size());
                stretch.onSent(next);
                ledger.pullable().onSent(stretch, next, errand.recipient());
                errand.sending().accept(stretch.first() + next);
                next += reactors.size();
            }
            if (next < count) {
                reactors.get(reactor).after(TURN_MS, this::turn);
            } else {
                sent.countDown();
            }
        }
    }
}
