package io.millrace.guarantees.load;

import io.millrace.guarantees.load.wire.Handshake;
import io.millrace.guarantees.load.wire.Reactor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Many devices, each of a user of its own unless said otherwise, and what happened to their sessions. Thread-safe. */
public final class Crowd implements Ear, AutoCloseable {
    private static final int TURNS_A_SECOND = 10;
    private static final long LOOK_MS = 50;

    private final List<Device> devices = new ArrayList<>();
    private final Operations operations;
    private final Map<Integer, LongAdder> turnedAway = new ConcurrentSkipListMap<>();
    private final Map<Integer, LongAdder> ended = new ConcurrentSkipListMap<>();
    private final LongAdder turnedAwayWithoutTime = new LongAdder();
    private volatile Latency welcomes = new Latency();
    private volatile boolean closed;

    /** @param operations hears what becomes of what its devices send, and what reaches them */
    public Crowd(Operations operations) {
        this.operations = operations;
    }

    /** What joins a crowd to a stack. */
    public record Place(List<Reactor> reactors, InetSocketAddress server, Handshake handshake, Tokens tokens) {
        public Place withReceiveBytes(int bytes) {
            return new Place(
                    reactors,
                    server,
                    new Handshake(handshake.host(), handshake.path(), handshake.subprotocol(), bytes),
                    tokens);
        }
    }

    /** Adds {@code prefix-0}, {@code prefix-1} … with one device each; they do nothing yet. */
    public List<Device> add(String prefix, int count, Place place) {
        var added = new ArrayList<Device>();
        for (int i = 0; i < count; i++) {
            added.add(add(prefix + "-" + i, "d1", place));
        }
        turn(added, place);
        return added;
    }

    /** Adds several devices of one user. */
    public List<Device> addDevices(String user, int count, Place place) {
        var added = new ArrayList<Device>();
        for (int i = 0; i < count; i++) {
            added.add(add(user, "d" + i, place));
        }
        turn(added, place);
        return added;
    }

    private Device add(String user, String name, Place place) {
        var reactor = place.reactors().get(devices.size() % place.reactors().size());
        var token = place.tokens().of(user, System.currentTimeMillis());
        var device = new Device(user, name, token, reactor, place.server(), place.handshake(), this);
        devices.add(device);
        return device;
    }

    /** Every device has its turn once a second, a tenth of them at a time. */
    private void turn(List<Device> added, Place place) {
        int reactors = place.reactors().size();
        int offset = devices.size() - added.size();
        for (int r = 0; r < reactors; r++) {
            var mine = new ArrayList<Device>();
            for (int i = 0; i < added.size(); i++) {
                if ((offset + i) % reactors == r) {
                    mine.add(added.get(i));
                }
            }
            var reactor = place.reactors().get(r);
            reactor.execute(() -> turn(reactor, mine, 0));
        }
    }

    private void turn(Reactor reactor, List<Device> mine, int tenth) {
        for (int i = tenth; i < mine.size(); i += TURNS_A_SECOND) {
            mine.get(i).tick();
        }
        if (!closed) {
            reactor.after(1000 / TURNS_A_SECOND, () -> turn(reactor, mine, (tenth + 1) % TURNS_A_SECOND));
        }
    }

    /** Lets devices connect, so many a second; returns when the last one has begun. */
    public static void startAt(List<Device> devices, int perSecond) {
        long began = System.nanoTime();
        long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        for (int i = 0; i < devices.size(); i++) {
            long wait = began + i * interval - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            devices.get(i).start();
        }
    }

    public List<Device> devices() {
        return devices;
    }

    public int openCount() {
        return (int) devices.stream().filter(Device::isOpen).count();
    }

    /** Whether so many devices had a session before the time was over. */
    public boolean awaitOpen(int count, Duration within) throws InterruptedException {
        return Await.that(() -> openCount() >= count, within, LOOK_MS);
    }

    /** Forgets what happened to sessions so far. */
    public void resetCounts() {
        turnedAway.clear();
        ended.clear();
        turnedAwayWithoutTime.reset();
        welcomes = new Latency();
    }

    public Latency welcomes() {
        return welcomes;
    }

    /** By HTTP status or close code, 0 where nothing answered. */
    public Map<Integer, Long> turnedAway() {
        return counts(turnedAway);
    }

    /** Those of them who answered 503 without Retry-After. */
    long turnedAwayWithoutTime() {
        return turnedAwayWithoutTime.sum();
    }

    /** Ends of sessions by close code. */
    public Map<Integer, Long> ended() {
        return counts(ended);
    }

    private static Map<Integer, Long> counts(Map<Integer, LongAdder> adders) {
        var counts = new TreeMap<Integer, Long>();
        adders.forEach((code, count) -> counts.put(code, count.sum()));
        return counts;
    }

    @Override
    public void onAccepted(long operation) {
        operations.onAccepted(operation);
    }

    @Override
    public void onPosted(long operation) {
        operations.onPosted(operation);
    }

    @Override
    public void onRejected(long operation, String code) {
        operations.onRejected(operation, code);
    }

    @Override
    public void onRefused(long operation, String code, long retryAfterMs) {
        operations.onRefused(operation, code, retryAfterMs);
    }

    @Override
    public void onLost(long operation) {
        operations.onLost(operation);
    }

    @Override
    public void onDelivered(long operation, long position) {
        operations.onDelivered(operation, position);
    }

    @Override
    public void onWelcome(Device device, long tookNanos) {
        welcomes.record(tookNanos);
    }

    @Override
    public void onTurnedAway(Device device, int answer, boolean saysWhen) {
        turnedAway.computeIfAbsent(answer, a -> new LongAdder()).increment();
        if (answer == 503 && !saysWhen) {
            turnedAwayWithoutTime.increment();
        }
    }

    @Override
    public void onEnded(Device device, int code) {
        ended.computeIfAbsent(code, c -> new LongAdder()).increment();
    }

    /** Cuts every connection for good. */
    @Override
    public void close() {
        closed = true;
        devices.forEach(Device::stop);
    }
}
