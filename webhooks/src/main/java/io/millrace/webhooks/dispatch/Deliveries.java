package io.millrace.webhooks.dispatch;

import io.millrace.schemas.record.WebhookDeadLetter;
import io.millrace.schemas.record.WebhookDeadLetterCause;
import io.millrace.webhooks.delivery.Backoff;
import io.millrace.webhooks.delivery.Courier;
import io.millrace.webhooks.delivery.Verdict;
import io.millrace.webhooks.subscriber.SubscriberSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one subscriber is being sent while this process is in its group.
 *
 * <pre>
 * taken ─▶ lane of its conversation ─▶ first of it ─▶ ready ─▶ under way ─┬▶ delivered ───────────────┬▶ finished
 *                                                      ▲                  ├▶ given up ─▶ dead letter ─┘
 *                                                      └──── back-off ◀───┴▶ try again
 * </pre>
 *
 * A later event of a conversation is not sent before an earlier one is finished. An offset may be committed when every
 * event before it is finished, so whoever goes on from there misses none. Thread-safe; answers are worked on by the desk.
 */
final class Deliveries {
    private static final Logger LOGGER = LoggerFactory.getLogger(Deliveries.class);

    private final SubscriberSettings subscriber;
    private final Courier courier;
    private final Backoff backoff;
    private final DeadLetters deadLetters;
    private final DispatchMetrics metrics;
    private final Clock clock;
    private final ScheduledExecutorService desk;
    private final LastFailure lastFailure;

    private final Object lock = new Object();
    private final Map<TopicPartition, Window> windows = new HashMap<>();
    /** By {@link #keyOf}. */
    private final Map<String, Lane> lanes = new HashMap<>();

    private final ArrayDeque<Lane> ready = new ArrayDeque<>();
    /** Where partitions began of which nothing was taken yet. */
    private final Map<TopicPartition, OffsetAndMetadata> begun = new HashMap<>();

    private final Set<TopicPartition> leaving = new HashSet<>();
    private int underWay;
    private boolean ended;
    private boolean gone;
    private long restUntilNanos = System.nanoTime();

    /** @param desk one thread; whoever made it ends it */
    Deliveries(
            SubscriberSettings subscriber,
            Courier courier,
            Backoff backoff,
            DeadLetters deadLetters,
            DispatchMetrics metrics,
            Clock clock,
            ScheduledExecutorService desk,
            LastFailure lastFailure) {
        this.subscriber = subscriber;
        this.courier = courier;
        this.backoff = backoff;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.clock = clock;
        this.desk = desk;
        this.lastFailure = lastFailure;
    }

    /** A partition is this process's from an offset on. */
    void begin(TopicPartition partition, OffsetAndMetadata at) {
        synchronized (lock) {
            windows.put(partition, new Window(at.offset()));
            begun.put(partition, at);
        }
    }

    /** An event that the subscriber is to get; of one conversation in the order of the log. */
    void take(Pending event) {
        synchronized (lock) {
            var window = windows.get(event.partition);
            if (window == null || ended) {
                return; // stays uncommitted
            }
            window.begin(event.offset);
            var begin = begun.remove(event.partition);
            if (begin != null && begin.offset() == event.offset) {
                FirstAttempt.in(begin).ifPresent(first -> event.goOn(first, clock.instant()));
            }
            var lane = lanes.computeIfAbsent(keyOf(event), key -> new Lane(event.partition));
            lane.events.add(event);
            if (lane.events.size() == 1) {
                line(lane);
            }
        }
        pump();
    }

    /** Everything of a partition before an offset was taken or is not for this subscriber. */
    void read(TopicPartition partition, long before) {
        synchronized (lock) {
            var window = windows.get(partition);
            if (window != null && !ended) { // what came after the end was not taken
                window.read(before);
            }
        }
    }

    /** How many events of a partition would be sent again if this process died now. */
    int unfinished(TopicPartition partition) {
        synchronized (lock) {
            var window = windows.get(partition);
            return window == null ? 0 : window.size();
        }
    }

    /** Offsets that may be committed, by partition. */
    Map<TopicPartition, OffsetAndMetadata> committable() {
        synchronized (lock) {
            return committable(windows.keySet());
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committable(Collection<TopicPartition> partitions) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : partitions) {
            var window = windows.get(partition);
            if (window != null) {
                offsets.put(partition, FirstAttempt.beside(window.committable(), null));
            }
        }
        for (var lane : lanes.values()) {
            var at = offsets.get(lane.partition);
            var head = lane.head();
            if (at != null && at.offset() == head.offset) {
                offsets.put(lane.partition, FirstAttempt.beside(head.offset, head.firstAttemptAt));
            }
        }
        return offsets;
    }

    /** Whether the subscriber answered that it wants no events any more; nothing is sent since then. */
    boolean isGone() {
        synchronized (lock) {
            return gone;
        }
    }

    /** Events that are not finished. */
    int waiting() {
        synchronized (lock) {
            return lanes.values().stream().mapToInt(lane -> lane.events.size()).sum();
        }
    }

    /** Record time of the oldest event that is not finished. */
    OptionalLong oldestMs() {
        synchronized (lock) {
            return lanes.values().stream()
                    .mapToLong(lane -> lane.head().recordMs)
                    .min();
        }
    }

    /** Sends nothing more of these partitions, waits for what is under way, and returns the offsets to commit. */
    Map<TopicPartition, OffsetAndMetadata> leave(Collection<TopicPartition> partitions, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (lock) {
            leaving.addAll(partitions);
            ready.removeIf(lane -> leaving.contains(lane.partition));
            long left = deadline - System.nanoTime();
            while (left > 0 && anyUnderWay(partitions)) {
                TimeUnit.NANOSECONDS.timedWait(lock, left);
                left = deadline - System.nanoTime();
            }
            var offsets = committable(partitions);
            drop(partitions);
            return offsets;
        }
    }

    /** Forgets partitions that are another's already. */
    void drop(Collection<TopicPartition> partitions) {
        synchronized (lock) {
            windows.keySet().removeAll(partitions);
            begun.keySet().removeAll(partitions);
            leaving.removeAll(partitions);
            lanes.values().removeIf(lane -> {
                lane.dropped = partitions.contains(lane.partition);
                return lane.dropped;
            });
            ready.removeIf(lane -> lane.dropped);
        }
    }

    /** Sends nothing more at all. */
    void end() {
        synchronized (lock) {
            ended = true;
            ready.clear();
        }
    }

    private boolean anyUnderWay(Collection<TopicPartition> partitions) {
        return lanes.values().stream().anyMatch(lane -> lane.underWay && partitions.contains(lane.partition));
    }

    private void pump() {
        var starting = new ArrayList<Lane>();
        synchronized (lock) {
            while (!ended && underWay < subscriber.inFlight() && !ready.isEmpty() && !resting()) {
                var lane = ready.poll();
                lane.underWay = true;
                underWay++;
                starting.add(lane);
            }
        }
        starting.forEach(this::send);
    }

    private boolean resting() {
        return restUntilNanos - System.nanoTime() > 0;
    }

    private void send(Lane lane) {
        Pending event;
        int attempt;
        synchronized (lock) {
            event = lane.head();
            if (event.letter != null) {
                event.attempt(clock.instant());
            }
            attempt = event.attempts;
        }
        var letter = event.letter;
        if (letter == null) {
            later(
                    () -> giveUp(lane, event, WebhookDeadLetterCause.UNREADABLE, "no event of this release"),
                    Duration.ZERO);
            return;
        }
        long began = System.nanoTime();
        var unused = courier.send(letter, attempt).handle((verdict, failure) -> {
            later(
                    () -> answered(lane, event, verdict, failure, Duration.ofNanos(System.nanoTime() - began)),
                    Duration.ZERO);
            return true;
        });
    }

    private void answered(
            Lane lane, Pending event, @Nullable Verdict given, @Nullable Throwable failure, Duration took) {
        var verdict = given;
        if (verdict == null) {
            LOGGER.atError()
                    .addKeyValue("subscriber", subscriber.name())
                    .setCause(failure)
                    .log("attempt failed by a fault");
            verdict = new Verdict.TryAgain(null, "failed by a fault", Duration.ZERO);
        }
        metrics.attempted(verdict, took);
        if (verdict instanceof Verdict.Delivered) {
            metrics.delivered(Duration.ofMillis(Math.max(0, clock.millis() - event.recordMs)));
            finish(lane, event);
        } else if (verdict instanceof Verdict.Refused refused) {
            lastFailure.set(refused.status(), "answered " + refused.status());
            synchronized (lock) {
                event.lastStatus = refused.status();
            }
            giveUp(lane, event, WebhookDeadLetterCause.REFUSED, "answered " + refused.status());
        } else if (verdict instanceof Verdict.TryAgain again) {
            lastFailure.set(again.status(), again.why());
            tryAgain(lane, event, again);
        } else {
            lastFailure.set(410, "answered 410");
            synchronized (lock) {
                gone = true;
                ended = true;
                ready.clear();
                rest(lane);
            }
        }
    }

    private void tryAgain(Lane lane, Pending event, Verdict.TryAgain verdict) {
        boolean tooOld;
        int attempts;
        synchronized (lock) {
            event.failed(verdict);
            tooOld = event.age().compareTo(subscriber.maxAge()) >= 0;
            attempts = event.attempts;
            if (!verdict.notBefore().isZero()) {
                restUntilNanos = Math.max(
                        restUntilNanos, System.nanoTime() + verdict.notBefore().toNanos());
            }
        }
        if (tooOld) {
            giveUp(lane, event, WebhookDeadLetterCause.TOO_OLD, verdict.why());
        } else {
            LOGGER.atDebug()
                    .addKeyValue("subscriber", subscriber.name())
                    .addKeyValue("attempt", attempts)
                    .addKeyValue("why", verdict.why())
                    .log("event not taken, trying again");
            waitFor(lane, backoff.after(attempts));
            if (!verdict.notBefore().isZero()) {
                later(this::pump, verdict.notBefore().plusMillis(1));
            }
        }
    }

    /** Frees the lane's place meanwhile: others go on. */
    private void waitFor(Lane lane, Duration delay) {
        synchronized (lock) {
            rest(lane);
        }
        later(
                () -> {
                    synchronized (lock) {
                        line(lane);
                    }
                    pump();
                },
                delay);
        pump();
    }

    private void giveUp(Lane lane, Pending event, WebhookDeadLetterCause cause, String detail) {
        synchronized (lock) {
            if (lane.dropped) {
                rest(lane);
                return; // whoever has the partition now decides
            }
        }
        var written = deadLetters.write(deadLetter(event, cause, detail));
        var unused = written.handle((done, failure) -> {
            later(
                    () -> {
                        if (failure == null) {
                            LOGGER.atError()
                                    .addKeyValue("subscriber", subscriber.name())
                                    .addKeyValue("partition", event.partition.partition())
                                    .addKeyValue("offset", event.offset)
                                    .addKeyValue("cause", cause)
                                    .addKeyValue("attempts", event.attempts)
                                    .log("event dead-lettered");
                            metrics.deadLettered(cause);
                            finish(lane, event);
                        } else {
                            LOGGER.atWarn()
                                    .addKeyValue("subscriber", subscriber.name())
                                    .addKeyValue("error", failure.toString())
                                    .log("dead letter not written, the event stays");
                            waitFor(lane, backoff.after(1));
                        }
                    },
                    Duration.ZERO);
            return true;
        });
    }

    private WebhookDeadLetter deadLetter(Pending event, WebhookDeadLetterCause cause, String detail) {
        synchronized (lock) {
            var letter = event.letter;
            return WebhookDeadLetter.newBuilder()
                    .setSubscriber(subscriber.name())
                    .setPartition(event.partition.partition())
                    .setOffset(event.offset)
                    .setConversation(event.conversation)
                    .setVersion(letter == null ? null : (Long) letter.event().getVersion())
                    .setCause(cause)
                    .setStatus(event.lastStatus)
                    .setAttempts(event.attempts)
                    .setFirstAttemptAt(event.firstAttemptAt)
                    .setAt(clock.instant())
                    .setDetail(detail)
                    .build();
        }
    }

    private void finish(Lane lane, Pending event) {
        synchronized (lock) {
            rest(lane);
            if (!lane.dropped) {
                lane.events.removeFirst();
                var window = windows.get(lane.partition);
                if (window != null) {
                    window.finish(event.offset);
                }
                if (lane.events.isEmpty()) {
                    lanes.remove(keyOf(event));
                } else {
                    line(lane);
                }
            }
        }
        pump();
    }

    /** Its first event may be sent as soon as there is room. */
    private void line(Lane lane) {
        if (!ended && !lane.dropped && !leaving.contains(lane.partition)) {
            ready.add(lane);
        }
    }

    /** Records without a key have no conversation to tell their partitions apart. */
    private static String keyOf(Pending event) {
        return event.partition.partition() + " " + event.conversation;
    }

    /** Its event is not under way any more. */
    private void rest(Lane lane) {
        lane.underWay = false;
        underWay--;
        lock.notifyAll();
    }

    private void later(Runnable work, Duration delay) {
        try {
            var unused = desk.schedule(() -> guarded(work), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // the desk has closed: what it would have finished stays uncommitted
            LOGGER.atDebug().addKeyValue("subscriber", subscriber.name()).log("answer came after the end");
        }
    }

    /** A fault must not vanish in a future that nobody asks: it ends the process, which is started again. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            var thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /** How many partitions are this process's. */
    int partitions() {
        synchronized (lock) {
            return windows.size();
        }
    }
}
