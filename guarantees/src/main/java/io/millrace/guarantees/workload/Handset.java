package io.millrace.guarantees.workload;

import io.millrace.client.ClientListener;
import io.millrace.client.MillraceClient;
import io.millrace.client.connection.ConnectionState;
import io.millrace.client.connection.ConnectionState.Phase;
import io.millrace.client.connection.JdkTransport;
import io.millrace.client.http.DevTokens;
import io.millrace.client.outbox.Command;
import io.millrace.client.outbox.Decision;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.MemoryTimelineStore;
import io.millrace.client.timeline.TimelineStore.Cursor;
import io.millrace.guarantees.history.Action;
import io.millrace.guarantees.history.BodyHash;
import io.millrace.guarantees.history.Journal;
import io.millrace.guarantees.history.Line;
import io.millrace.guarantees.history.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * One device of one user. Its memory (the cursor, and what is undecided) outlives a crash, as flash memory does; its
 * connections and whatever it had in hand do not. Thread-safe.
 */
public final class Handset {
    /** Told what this device learns, after it is written down. */
    interface Ear {
        void onEntry(Handset device, Entry entry);

        void onPosted(Handset device, Asked asked, Decision.Posted posted);
    }

    /** A command with its key, as often as it is sent. */
    record Asked(
            Action action,
            String conversation,
            String key,
            Command command,
            @Nullable String bodyHash,
            @Nullable Long targetSeq) {}

    private final String user;
    private final String name;
    private final URI door;
    private final Recorder recorder;
    private final Journal journal;
    private final Ear ear;
    private final Map<Long, Asked> undecided = new ConcurrentSkipListMap<>();

    private @Nullable MillraceClient client;
    private @Nullable Wires wires;
    private MemoryTimelineStore memory = new MemoryTimelineStore();
    private int life;
    private volatile boolean open;
    private volatile long position;

    Handset(String user, String name, URI door, Recorder recorder, Ear ear) {
        this.user = user;
        this.name = name;
        this.door = door;
        this.recorder = recorder;
        this.journal = recorder.journal(user + "-" + name);
        this.ear = ear;
    }

    public String user() {
        return user;
    }

    /** Switches it on: it connects, and asks again for what was undecided when it went off. */
    public synchronized void start() {
        if (client != null) {
            return;
        }
        int thisLife = ++life;
        memory = remembered();
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        var sockets = new Wires(new JdkTransport(http));
        var started = MillraceClient.builder()
                .url(door)
                .device(name)
                .tokens(new DevTokens(door, user))
                .store(memory)
                .transport(sockets)
                .retry(Duration.ofMillis(250), Duration.ofSeconds(3))
                .answerTimeout(Duration.ofSeconds(8))
                .silence(Duration.ofSeconds(20))
                .listener(new Hears(thisLife))
                .build();
        client = started;
        wires = sockets;
        started.connect();
        var again = new TreeMap<>(undecided);
        undecided.clear();
        again.values().forEach(this::ask);
    }

    /** What the last life wrote down, and not what it had in hand: the cursor is where the journal ends. */
    private MemoryTimelineStore remembered() {
        var epoch = memory.load().epoch();
        return new MemoryTimelineStore(epoch == null ? Cursor.NONE : new Cursor(epoch, position));
    }

    /** The battery is taken out. */
    public synchronized void crash() {
        var ended = client;
        var sockets = wires;
        if (ended == null || sockets == null) {
            return;
        }
        life++; // whatever the old life still hears is not written down any more
        client = null;
        wires = null;
        open = false;
        sockets.die();
        ended.close();
        session("crashed");
        undecided.forEach((op, asked) -> end(op, asked, Outcome.UNKNOWN, null, "crashed"));
    }

    /** Switches it off at the end of a run. */
    public synchronized void close() {
        var ended = client;
        life++;
        client = null;
        open = false;
        if (ended != null) {
            ended.close();
            session("closed");
        }
        undecided.forEach((op, asked) -> end(op, asked, Outcome.UNKNOWN, null, "the run is over"));
    }

    /** Asks for something; what comes of it is written down. Nothing happens if the device is off. */
    synchronized void ask(Asked asked) {
        var present = client;
        if (present == null) {
            return;
        }
        long op = recorder.nextOp();
        int thisLife = life;
        undecided.put(op, asked);
        journal.write(new Line.Invoked(
                op,
                asked.action(),
                user,
                name,
                asked.conversation(),
                asked.key(),
                asked.bodyHash(),
                asked.targetSeq(),
                List.of(),
                recorder.nowNs()));
        var handle = present.give(asked.command(), asked.key());
        var unusedAccepted = handle.accepted().whenComplete((accepted, failure) -> {
            if (failure == null) {
                onAccepted(thisLife, op);
            }
        });
        var unusedDecision = handle.decision().whenComplete((decision, failure) -> {
            if (decision != null) {
                onDecision(thisLife, op, asked, decision);
            }
        });
    }

    private synchronized void onAccepted(int ofLife, long op) {
        if (ofLife == life) {
            journal.write(new Line.Accepted(op, recorder.nowNs()));
        }
    }

    private synchronized void onDecision(int ofLife, long op, Asked asked, Decision decision) {
        if (ofLife != life) {
            return;
        }
        undecided.remove(op);
        if (decision instanceof Decision.Posted posted) {
            end(op, asked, Outcome.OK, posted, null);
            ear.onPosted(this, asked, posted);
        } else if (decision instanceof Decision.Rejected rejected) {
            end(op, asked, Outcome.FAILED, null, rejected.code());
        } else if (decision instanceof Decision.Refused refused) {
            end(op, asked, Outcome.FAILED, null, refused.code());
        }
    }

    private void end(long op, Asked asked, Outcome outcome, Decision.@Nullable Posted posted, @Nullable String code) {
        journal.write(new Line.Ended(
                op,
                outcome,
                asked.conversation(),
                posted == null ? null : posted.seq(),
                posted == null ? null : posted.version(),
                posted == null ? null : posted.messageId(),
                posted != null && posted.unchanged(),
                code,
                recorder.nowNs()));
    }

    static String hash(Command command) {
        return BodyHash.of(command.fields().path("body"));
    }

    private void session(String what) {
        journal.write(new Line.Session(user, name, what, recorder.nowNs()));
    }

    /** Whether it has a session now. */
    public boolean isOpen() {
        return open;
    }

    public synchronized boolean isOn() {
        return client != null;
    }

    /** Everything through here was told to it. */
    public long position() {
        return position;
    }

    /** Whether nothing that was asked up to that operation waits for its decision. */
    public boolean isDecidedThrough(long op) {
        return undecided.keySet().stream().noneMatch(each -> each <= op);
    }

    /** How many commands wait for their decision. */
    public int undecided() {
        return undecided.size();
    }

    @Override
    public String toString() {
        return user + "/" + name;
    }

    private final class Hears implements ClientListener {
        private final int ofLife;

        Hears(int ofLife) {
            this.ofLife = ofLife;
        }

        @Override
        public void onEntry(Entry entry) {
            synchronized (Handset.this) {
                boolean known = memory.load().epoch() == null && entry.position() <= position;
                if (ofLife != life || known) {
                    return; // of a life that is over, or once more because that life had not kept its first cursor
                }
                journal.write(Entries.delivered(user, name, entry, recorder.nowNs()));
                position = entry.position();
            }
            ear.onEntry(Handset.this, entry);
        }

        @Override
        public void onState(ConnectionState state) {
            synchronized (Handset.this) {
                if (ofLife != life) {
                    return;
                }
                boolean now = state.phase() == Phase.OPEN;
                if (now != open) {
                    session(now ? "open" : "lost " + state.code());
                }
                open = now;
            }
        }
    }
}
