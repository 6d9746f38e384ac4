package io.millrace.localstack.endtoend;

import io.millrace.client.connection.Transport;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A network that loses, doubles and reorders frames in both directions and now and then cuts the link, until it is healed.
 * The opening of a session is let through, since a client that never gets in shows nothing.
 */
final class FaultyTransport implements Transport {
    private final Transport real;
    private final SplittableRandom random;
    private final EnumMap<Fate, Integer> counts = new EnumMap<>(Fate.class);
    private volatile boolean healed;

    FaultyTransport(Transport real, long seed) {
        this.real = real;
        this.random = new SplittableRandom(seed);
    }

    /** From now on everything arrives. */
    void heal() {
        healed = true;
    }

    @Override
    public CompletableFuture<Link> open(URI uri, Receiver receiver) {
        var inbound = new FaultyReceiver(receiver);
        return real.open(uri, inbound).thenApply(link -> {
            inbound.link = link;
            return new FaultyLink(link, inbound);
        });
    }

    /** How often each thing happened to a frame. */
    synchronized Map<Fate, Integer> counts() {
        return Map.copyOf(counts);
    }

    enum Fate {
        PASS,
        LOSE,
        DOUBLE,
        LATE,
        CUT
    }

    private synchronized Fate fate(String text) {
        Fate fate = draw(text);
        counts.merge(fate, 1, Integer::sum);
        return fate;
    }

    private Fate draw(String text) {
        if (healed || text.contains("\"type\":\"hello\"") || text.contains("\"type\":\"welcome\"")) {
            return Fate.PASS;
        }
        int draw = random.nextInt(100);
        if (draw < 8) {
            return Fate.LOSE;
        } else if (draw < 16) {
            return Fate.DOUBLE;
        } else if (draw < 24) {
            return Fate.LATE;
        }
        return draw < 26 ? Fate.CUT : Fate.PASS;
    }

    /** What is late comes after the next frame; it is lost where there is none, as on a cut line. */
    private final class FaultyReceiver implements Receiver {
        private final Receiver receiver;
        private final AtomicBoolean ended = new AtomicBoolean();
        private @Nullable String late;
        private volatile @Nullable Link link;

        FaultyReceiver(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void onText(String text) {
            if (ended.get()) {
                return;
            }
            String before = late;
            late = null;
            switch (fate(text)) {
                case PASS -> receiver.onText(text);
                case LOSE -> {}
                case DOUBLE -> {
                    receiver.onText(text);
                    receiver.onText(text);
                }
                case LATE -> late = text;
                case CUT -> cut();
            }
            if (before != null && !ended.get()) {
                receiver.onText(before);
            }
        }

        @Override
        public void onClosed(int code, String reason) {
            if (ended.compareAndSet(false, true)) {
                receiver.onClosed(code, reason);
            }
        }

        void cut() {
            Link present = link;
            if (present != null) {
                present.abort();
            }
            onClosed(ABNORMAL, "cut by the test");
        }
    }

    private final class FaultyLink implements Link {
        private final Link link;
        private final FaultyReceiver inbound;
        private @Nullable String late;

        FaultyLink(Link link, FaultyReceiver inbound) {
            this.link = link;
            this.inbound = inbound;
        }

        @Override
        public synchronized void send(String text) {
            String before = late;
            late = null;
            switch (fate(text)) {
                case PASS -> link.send(text);
                case LOSE -> {}
                case DOUBLE -> {
                    link.send(text);
                    link.send(text);
                }
                case LATE -> late = text;
                case CUT -> inbound.cut();
            }
            if (before != null) {
                link.send(before);
            }
        }

        @Override
        public void close(int code, String reason) {
            link.close(code, reason);
        }

        @Override
        public void abort() {
            link.abort();
        }
    }
}
