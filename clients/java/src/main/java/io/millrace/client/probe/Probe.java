package io.millrace.client.probe;

import io.millrace.client.ClientListener;
import io.millrace.client.MillraceClient;
import io.millrace.client.connection.ConnectionState;
import io.millrace.client.http.DevTokens;
import io.millrace.client.outbox.Decision;
import io.millrace.client.outbox.Recipient;
import io.millrace.client.outbox.SendHandle;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.Event;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends at a fixed rate whatever the answers do (open loop), and measures each message from the instant it was due: a
 * server that stalls cannot hide it by slowing the sender down. Sender and recipient share one clock, they are in one
 * process. The first tenth, at most 100 messages, warms up and is not counted.
 */
public final class Probe {
    private static final Duration OPEN_LIMIT = Duration.ofSeconds(30);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);

    private final URI url;
    private final int messages;
    private final int warmUp;
    private final long intervalNanos;
    private final long[] dueNanos;
    private final Latencies latencies = new Latencies();
    private final CountDownLatch outstanding;
    private final AtomicInteger failed = new AtomicInteger();

    /** @param ratePerSecond below the server's limit per session, else the probe measures its own waiting */
    public Probe(URI url, int messages, int ratePerSecond) {
        this.url = url;
        this.messages = messages;
        this.warmUp = Math.min(100, messages / 10);
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / ratePerSecond;
        this.dueNanos = new long[warmUp + messages];
        this.outstanding = new CountDownLatch(2 * dueNanos.length);
    }

    /**
     * Opens two fresh users' sessions, sends, and waits for the last answer.
     *
     * @throws TimeoutException if a session does not open, or an answer does not come
     */
    public ProbeReport run() throws InterruptedException, TimeoutException {
        String run = UUID.randomUUID().toString().substring(0, 8);
        String sender = "probe-a-" + run;
        String recipient = "probe-b-" + run;
        var open = new CountDownLatch(2);
        try (var from = client(sender, new Listener(open, false));
                var to = client(recipient, new Listener(open, true))) {
            from.connect();
            to.connect();
            if (!open.await(OPEN_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new TimeoutException("no session with " + url + " after " + OPEN_LIMIT.toSeconds() + " s");
            }
            sendAll(from, Recipient.user(recipient));
            if (!outstanding.await(DRAIN_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new TimeoutException(outstanding.getCount() + " answers or deliveries missing after "
                        + DRAIN_LIMIT.toSeconds() + " s");
            }
        }
        return new ProbeReport(messages, failed.get(), TimeUnit.SECONDS.toNanos(1) / intervalNanos, latencies);
    }

    private void sendAll(MillraceClient from, Recipient to) {
        long first = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        for (int number = 0; number < dueNanos.length; number++) {
            long due = first + number * intervalNanos + jitter();
            dueNanos[number] = due;
            waitUntil(due);
            track(number, from.send(to, Integer.toString(number)));
        }
    }

    /** Up to half an interval, so that messages do not march in step with a commit interval. */
    private long jitter() {
        return ThreadLocalRandom.current().nextLong(intervalNanos / 2 + 1);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // both outcomes are counted here
    private void track(int number, SendHandle handle) {
        handle.accepted().whenComplete((accepted, failure) -> {
            if (failure == null && number >= warmUp) {
                latencies.onAccepted(System.nanoTime() - dueNanos[number]);
            }
        });
        handle.decision().whenComplete((decision, failure) -> {
            if (!(decision instanceof Decision.Posted)) {
                failed.incrementAndGet();
                outstanding.countDown();
            } else if (number >= warmUp) {
                latencies.onPosted(System.nanoTime() - dueNanos[number]);
            }
            outstanding.countDown();
        });
    }

    private void onDelivered(Event.Message message) {
        int number = message.body() == null ? -1 : message.body().path("text").asInt(-1);
        if (number >= 0 && number < dueNanos.length) {
            if (number >= warmUp) {
                latencies.onDelivered(System.nanoTime() - dueNanos[number]);
            }
            outstanding.countDown();
        }
    }

    private MillraceClient client(String user, ClientListener listener) {
        return MillraceClient.builder()
                .url(url)
                .device("probe")
                .tokens(new DevTokens(url, user))
                .listener(listener)
                .build();
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private final class Listener implements ClientListener {
        private final CountDownLatch open;
        private final boolean measures;

        Listener(CountDownLatch open, boolean measures) {
            this.open = open;
            this.measures = measures;
        }

        @Override
        public void onState(ConnectionState state) {
            if (state.phase() == ConnectionState.Phase.OPEN) {
                open.countDown();
            }
        }

        @Override
        public void onEntry(Entry entry) {
            if (measures && entry.event() instanceof Event.Message message) {
                onDelivered(message);
            }
        }
    }
}
