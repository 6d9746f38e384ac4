package io.millrace.benchmarks.load;

import com.datastax.driver.core.PreparedStatement;
import com.datastax.driver.core.ResultSet;
import com.datastax.driver.core.Session;
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads how far the timelines of the recipients of a few messages a second are written, every few milliseconds, from when
 * the message is sent. The store serves an entry from when the head of its timeline has reached it; a head is kept with
 * the instant at which it was first seen, so that it does not matter whether the message is delivered or stored first.
 */
public final class StoredHeads implements PullableWatch {
    private static final Logger LOGGER = LoggerFactory.getLogger(StoredHeads.class);
    private static final double SAMPLES_A_SECOND = 20;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
    /** Who is late is looked at less often. */
    private static final int LATE_AFTER = 50;

    private static final int LATE_EVERY = 5;

    private final Session session;
    private final PreparedStatement head;
    private final Map<String, Timeline> open = new HashMap<>();
    private final Map<Long, Sample> samples = new HashMap<>();
    private final Thread thread = new Thread(this::run, "stored-heads");
    private volatile boolean closed;

    private static final class Timeline {
        final TreeMap<Long, Long> seenNanos = new TreeMap<>();
        int waiting;
        int looks;
        boolean asked;
    }

    private static final class Sample {
        final Stretch stretch;
        final String user;
        long position;

        Sample(Stretch stretch, String user) {
            this.stretch = stretch;
            this.user = user;
        }
    }

    public StoredHeads(Session session) {
        this.session = session;
        this.head = session.prepare("SELECT head FROM millrace.conversations_by_user WHERE user = ? LIMIT 1");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void onSent(Stretch stretch, int index, String recipient) {
        int every = Math.max(1, (int) (stretch.rates().perSecond() / SAMPLES_A_SECOND));
        if (index % every != 0) {
            return;
        }
        synchronized (this) {
            samples.put(stretch.first() + index, new Sample(stretch, recipient));
            open.computeIfAbsent(recipient, user -> new Timeline()).waiting++;
        }
    }

    @Override
    public synchronized void onDelivered(long operation, long position) {
        var sample = samples.get(operation);
        if (sample != null && sample.position == 0) {
            sample.position = position;
            settle(operation, sample);
        }
    }

    @Override
    public synchronized void onDropped(long operation) {
        var sample = samples.remove(operation);
        if (sample != null) {
            leave(sample.user);
        }
    }

    private void settle(long operation, Sample sample) {
        var timeline = open.get(sample.user);
        if (timeline == null || sample.position == 0) {
            return;
        }
        var seen = timeline.seenNanos.ceilingEntry(sample.position);
        if (seen != null) {
            samples.remove(operation);
            leave(sample.user);
            sample.stretch.onPullable(operation, seen.getValue());
        }
    }

    private void leave(String user) {
        var timeline = open.get(user);
        if (timeline != null && --timeline.waiting <= 0) {
            open.remove(user);
        }
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(LOOK_NANOS);
            due().forEach(this::ask);
        }
    }

    private synchronized List<String> due() {
        var users = new ArrayList<String>();
        open.forEach((user, timeline) -> {
            timeline.looks++;
            if (!timeline.asked && (timeline.looks < LATE_AFTER || timeline.looks % LATE_EVERY == 0)) {
                timeline.asked = true;
                users.add(user);
            }
        });
        return users;
    }

    private void ask(String user) {
        Futures.addCallback(
                session.executeAsync(head.bind(user)),
                new FutureCallback<ResultSet>() {
                    @Override
                    public void onSuccess(@Nullable ResultSet result) {
                        var row = result == null ? null : result.one();
                        onHead(user, row == null ? 0 : row.getLong(0));
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        LOGGER.atWarn().addKeyValue("error", failure.toString()).log("head.not.read");
                        onHead(user, 0);
                    }
                },
                MoreExecutors.directExecutor());
    }

    private synchronized void onHead(String user, long reached) {
        var timeline = open.get(user);
        if (timeline == null) {
            return;
        }
        timeline.asked = false;
        if (timeline.seenNanos.isEmpty() || timeline.seenNanos.lastKey() < reached) {
            timeline.seenNanos.put(reached, System.nanoTime());
            for (var operation : List.copyOf(samples.keySet())) {
                var sample = samples.get(operation);
                if (sample != null && sample.user.equals(user)) {
                    settle(operation, sample);
                }
            }
        }
    }

    @Override
    public synchronized boolean isOver() {
        return samples.isEmpty();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
