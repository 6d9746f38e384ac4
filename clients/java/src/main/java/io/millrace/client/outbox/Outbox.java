package io.millrace.client.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.frame.Json;
import io.millrace.client.frame.Welcome;
import io.millrace.client.loop.Loop;
import io.millrace.client.loop.Loop.Timer;
import io.millrace.client.outbox.OutboxStore.Stored;
import io.millrace.client.timeline.Entry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds commands until they are decided. The key is made at the first transmission, stored before it leaves, and stays the
 * same over retries and sessions until {@code posted}, {@code rejected} or the own entry is seen. Commands leave in the
 * order they were given; only one that the server refused for its rate comes later than its successors. Confined to the
 * loop.
 */
public final class Outbox {
    /** Undecided commands on one session: enough to keep the line full, little to repeat after a cut. */
    private static final int WINDOW = 256;

    private static final Decision TOO_LARGE =
            new Decision.Refused("too_large", "larger than the server takes; it was not sent");

    private final Loop loop;
    private final OutboxStore store;
    private final Supplier<String> keys;
    private final Supplier<CompletableFuture<Void>> pullToHead;
    private final long answerTimeoutMs;
    private final Pacer pacer = new Pacer();
    private final TreeMap<Long, Pending> pending = new TreeMap<>();
    private final Map<Long, Pending> byRef = new HashMap<>();

    private @Nullable Consumer<ObjectNode> session;
    private String user = "";
    private int maxBodyBytes = Integer.MAX_VALUE;
    private int maxFrameBytes = Integer.MAX_VALUE;
    private long nextNumber = 1;
    private long nextRef = 1;
    private boolean closed;
    private Timer wake = Timer.NONE;
    private Timer patience = Timer.NONE;

    /**
     * @param keys makes a new clientMessageId
     * @param pullToHead brings the timeline in step; every own entry reaches {@link #onEntry} before it is done
     * @param answerTimeout after this time without an answer a command is sent again on the same session
     */
    public Outbox(
            Loop loop,
            OutboxStore store,
            Supplier<String> keys,
            Supplier<CompletableFuture<Void>> pullToHead,
            Duration answerTimeout) {
        this.loop = loop;
        this.store = store;
        this.keys = keys;
        this.pullToHead = pullToHead;
        this.answerTimeoutMs = answerTimeout.toMillis();
        for (Stored stored : store.load()) {
            var undecided =
                    new Pending(stored.number(), stored.command(), stored.clientMessageId(), false, new SendHandle());
            pending.put(stored.number(), undecided);
            nextNumber = stored.number() + 1;
        }
    }

    /**
     * @param key the caller's own key, or null for one that the outbox makes and may replace
     * @param handle told what comes of the command
     */
    public void add(Command command, @Nullable String key, SendHandle handle) {
        if (closed) {
            handle.onClosed();
            return;
        }
        var added = new Pending(nextNumber++, command, key, key != null, handle);
        if (command.exceeds(maxBodyBytes, maxFrameBytes)) {
            handle.onDecision(TOO_LARGE);
            return;
        }
        pending.put(added.number, added);
        store.put(new Stored(added.number, key, command));
        flush();
    }

    /** A session that commands can be written to: everything undecided is sent again. */
    public void onSession(Welcome welcome, Consumer<ObjectNode> writer) {
        session = writer;
        user = welcome.user();
        maxBodyBytes = welcome.maxBodyBytes();
        maxFrameBytes = welcome.maxFrameBytes();
        refuseTooLarge();
        pacer.onSession(welcome.sendsPerSecond(), loop.elapsedMs());
        patience.cancel();
        patience = loop.after(Duration.ofMillis(Math.max(1, answerTimeoutMs / 2)), this::sendAgainUnanswered);
        flush();
    }

    /** Answers of that session do not come any more. */
    public void onSessionEnd() {
        session = null;
        wake.cancel();
        patience.cancel();
        byRef.clear();
        pending.values().stream()
                .filter(each -> each.state != Pending.State.LOOKING)
                .forEach(this::wait);
    }

    public void onAccepted(JsonNode frame) {
        Pending found = find(frame);
        if (found != null && found.state == Pending.State.SENT) {
            found.state = Pending.State.ACCEPTED;
            found.sentAtMs = loop.elapsedMs();
            found.handle.onAccepted();
        }
    }

    public void onPosted(JsonNode frame) {
        Pending found = find(frame);
        if (found != null) {
            decide(found, Decisions.posted(frame));
        }
    }

    public void onRejected(JsonNode frame) {
        Pending found = find(frame);
        if (found == null) {
            return;
        }
        Decision.Rejected rejected = Decisions.rejected(frame);
        if (rejected.code().equals("too_old") && !found.ownKey) {
            lookForOwnEntry(found);
        } else {
            decide(found, rejected);
        }
    }

    /**
     * A frame was refused before the log.
     *
     * @return false if it is no command of this outbox
     */
    public boolean onError(JsonNode frame) {
        Pending found = find(frame);
        if (found == null) {
            return false;
        }
        Decision.Refused refused = Decisions.refused(frame);
        switch (refused.code()) {
            case "rate_limited", "overloaded", "unavailable" -> {
                pacer.pause(loop.elapsedMs(), Json.number(frame, "retryAfterMs", 1000));
                wait(found);
                flush();
            }
            default -> decide(found, refused);
        }
        return true;
    }

    /** An own entry is as good as {@code posted}. */
    public void onEntry(Entry entry) {
        String key = entry.clientMessageId();
        Pending found = key == null ? null : findByKey(key, entry.conversation());
        if (found != null) {
            decide(found, Decisions.posted(entry));
        }
    }

    /** How many commands are undecided. */
    public int size() {
        return pending.size();
    }

    /** Ends every wait; what is stored is sent by the next life. */
    public void close() {
        closed = true;
        onSessionEnd();
        List.copyOf(pending.values()).forEach(each -> each.handle.onClosed());
        pending.clear();
    }

    private void wait(Pending each) {
        each.state = Pending.State.WAITING;
        byRef.remove(each.ref);
    }

    private void flush() {
        wake.cancel();
        Consumer<ObjectNode> writer = session;
        if (writer == null) {
            return;
        }
        for (Pending each : pending.values()) {
            if (byRef.size() >= WINDOW) {
                return;
            }
            if (each.state != Pending.State.WAITING) {
                continue;
            }
            long waitMs = pacer.take(loop.elapsedMs());
            if (waitMs > 0) {
                wake = loop.after(Duration.ofMillis(waitMs), this::flush);
                return;
            }
            transmit(each, writer);
        }
    }

    private void transmit(Pending each, Consumer<ObjectNode> writer) {
        String key = each.key;
        if (key == null) {
            key = keys.get();
            each.key = key;
            each.handle.onKey(key);
            store.put(new Stored(each.number, key, each.command));
        }
        each.ref = nextRef++;
        each.state = Pending.State.SENT;
        each.sentAtMs = loop.elapsedMs();
        byRef.put(each.ref, each);
        writer.accept(each.command.frame(key, each.ref));
    }

    private void sendAgainUnanswered() {
        long now = loop.elapsedMs();
        for (Pending each : pending.values()) {
            boolean onItsWay = each.state == Pending.State.SENT || each.state == Pending.State.ACCEPTED;
            if (onItsWay && now - each.sentAtMs >= answerTimeoutMs) {
                wait(each);
            }
        }
        patience = loop.after(Duration.ofMillis(Math.max(1, answerTimeoutMs / 2)), this::sendAgainUnanswered);
        flush();
    }

    /** The limits are known only now for what was given before. */
    private void refuseTooLarge() {
        for (Pending each : List.copyOf(pending.values())) {
            if (each.command.exceeds(maxBodyBytes, maxFrameBytes)) {
                pending.remove(each.number);
                store.remove(each.number);
                each.handle.onDecision(TOO_LARGE);
            }
        }
    }

    private void lookForOwnEntry(Pending old) {
        byRef.remove(old.ref);
        old.state = Pending.State.LOOKING;
        loop.await(pullToHead.get(), (inStep, failure) -> sendUnderNewKey(old));
    }

    private void sendUnderNewKey(Pending old) {
        if (pending.get(old.number) == old) {
            old.key = null;
            old.state = Pending.State.WAITING;
            flush();
        }
    }

    /** By the transmission that is answered, or by its key where the command has been sent again since. */
    private @Nullable Pending find(JsonNode answer) {
        Long ref = Json.numberOrNull(answer, "ref");
        Pending found = ref == null ? null : byRef.get(ref);
        String key = Json.textOrNull(answer, "clientMessageId");
        return found != null || key == null ? found : findByKey(key, Json.textOrNull(answer, "conversation"));
    }

    /** A key is unique within its conversation only; null takes any. */
    private @Nullable Pending findByKey(String key, @Nullable String conversation) {
        for (Pending each : pending.values()) {
            if (key.equals(each.key)
                    && (conversation == null
                            || conversation.equals(each.command.to().resolvedFor(user)))) {
                return each;
            }
        }
        return null;
    }

    private void decide(Pending each, Decision decision) {
        pending.remove(each.number);
        byRef.remove(each.ref);
        store.remove(each.number);
        each.handle.onDecision(decision);
        flush();
    }
}
