package io.millrace.benchmarks.load;

import io.millrace.benchmarks.report.Spread;
import io.millrace.guarantees.load.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** One stretch of load: the messages of some rates, and when what happened to each. Thread-safe. */
public final class Stretch implements Operations {
    private final long first;
    private final Rates rates;
    private final int copies;
    private final Track sent;
    private final Track accepted;
    private final Track posted;
    private final Track delivered;
    private final Track pullable;
    private final Map<String, LongAdder> refused = new ConcurrentSkipListMap<>();
    private final LongAdder lost = new LongAdder();
    private final LongAdder decided = new LongAdder();
    private final LongAdder refusedAfterAcceptance = new LongAdder();
    private final AtomicLong lastDeliveredNanos = new AtomicLong();
    private volatile long beganNanos;

    /**
     * @param first number of its first operation
     * @param copies devices that each message is delivered to
     */
    Stretch(long first, Rates rates, int copies) {
        this.first = first;
        this.rates = rates;
        this.copies = copies;
        this.sent = new Track("sent", rates.count());
        this.accepted = new Track("accepted", rates.count());
        this.posted = new Track("posted", rates.count());
        this.delivered = new Track("delivered", rates.count());
        this.pullable = new Track("pullable", rates.count());
    }

    long first() {
        return first;
    }

    public Rates rates() {
        return rates;
    }

    void begin(long nanos) {
        beganNanos = nanos;
        lastDeliveredNanos.set(nanos);
    }

    long dueNanos(int index) {
        return beganNanos + rates.dueNanos(index);
    }

    private int index(long operation) {
        return (int) (operation - first);
    }

    private long since(long operation) {
        return System.nanoTime() - dueNanos(index(operation));
    }

    void onSent(int index) {
        sent.record(index, System.nanoTime() - dueNanos(index));
    }

    @Override
    public void onAccepted(long operation) {
        accepted.record(index(operation), since(operation));
    }

    @Override
    public void onPosted(long operation) {
        posted.record(index(operation), since(operation));
        decided.increment();
    }

    @Override
    public void onRejected(long operation, String code) {
        refused.computeIfAbsent("rejected as " + code, c -> new LongAdder()).increment();
        if (accepted.has(index(operation))) {
            refusedAfterAcceptance.increment();
        }
        decided.increment();
    }

    @Override
    public void onRefused(long operation, String code, long retryAfterMs) {
        refused.computeIfAbsent("refused as " + code, c -> new LongAdder()).increment();
        decided.increment();
    }

    @Override
    public void onLost(long operation) {
        lost.increment();
        decided.increment();
    }

    @Override
    public void onDelivered(long operation, long position) {
        delivered.record(index(operation), since(operation));
        lastDeliveredNanos.accumulateAndGet(System.nanoTime(), Math::max);
    }

    /** That message is in the store at that instant. */
    void onPullable(long operation, long atNanos) {
        pullable.record(index(operation), atNanos - dueNanos(index(operation)));
    }

    public long sentCount() {
        return sent.count();
    }

    public long acceptedCount() {
        return accepted.count();
    }

    public long postedCount() {
        return posted.count();
    }

    public long deliveredCount() {
        return delivered.count();
    }

    public long lostCount() {
        return lost.sum();
    }

    /** How often, by what was said. */
    public Map<String, Long> refusals() {
        var counts = new TreeMap<String, Long>();
        refused.forEach((code, count) -> counts.put(code, count.sum()));
        return counts;
    }

    public long refusedCount() {
        return refusals().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Messages that were accepted and of which nothing was heard any more. */
    public long acceptedAndNotDecided() {
        return accepted.countWithout(posted) - refusedAfterAcceptance.sum();
    }

    /** Whether each message has been answered, and each posted one delivered everywhere. */
    boolean isOver() {
        return decided.sum() >= rates.count() && delivered.count() >= posted.count() * copies;
    }

    /** Deliveries a second, from the begin to the last one. */
    public double deliveredPerSecond() {
        return delivered.count() / Math.max(1e-3, (lastDeliveredNanos.get() - beganNanos) / 1e9);
    }

    /** Seconds from when the last message was due to the last delivery. */
    public double backlogSeconds() {
        return (lastDeliveredNanos.get() - dueNanos(rates.count() - 1)) / 1e9;
    }

    public double deliveredMs(double percentile) {
        return delivered.ms(percentile);
    }

    /** Of the messages that were due in a part of the time: 0 to 1. */
    public double deliveredMs(double percentile, double from, double to) {
        return delivered.ms(percentile, (int) (from * rates.count()), (int) (to * rates.count()));
    }

    /** The slowest hundredth of the deliveries of each second of the load. */
    public List<Spread.Second> deliveredBySecond() {
        return delivered.spread(rates).bySecond();
    }

    /** How late the generator was with the slowest hundredth. */
    public double lateMs() {
        return sent.ms(99);
    }

    /** Everything that happened to a message, from when it was due. */
    public List<Spread> spreads() {
        var all = new ArrayList<Spread>();
        for (var track : List.of(accepted, posted, delivered, pullable)) {
            if (track.count() > 0) {
                all.add(track.spread(rates));
            }
        }
        return all;
    }
}
