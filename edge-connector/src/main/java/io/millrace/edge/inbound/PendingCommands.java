package io.millrace.edge.inbound;

import io.millrace.edge.protocol.ErrorCode;
import io.millrace.schemas.record.Decision;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The commands that this life of the edge accepted or is writing, by the number under which their decision comes back,
 * and what they have become until a session was told of it. Bounded in all, per user and per conversation, so that no more
 * is accepted than the router soon writes, and nobody waits long behind somebody else. Thread-safe; the bounds may be
 * exceeded by as many as threads race.
 */
public final class PendingCommands {
    private static final long MIN_RETRY_MS = 100;
    private static final long MAX_RETRY_MS = 10_000;
    /** Whose session ended meanwhile is told nothing: after that long its command is taken as done. */
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(10);

    private final CommandLimits limits;
    private final Backlog backlog;
    private final KnownFanOut fanOut = new KnownFanOut();
    private final Waiting waiting = new Waiting();
    private final Map<Long, PendingCommand> undecided = new ConcurrentHashMap<>();
    private final Map<EventName, Untold> untold = new ConcurrentHashMap<>();
    private volatile double meanDecisionMs = 200;

    public PendingCommands(CommandLimits limits) {
        this.limits = limits;
        this.backlog = new Backlog(limits.waiting(), limits.waitAtMost());
    }

    /** Commands without a decision. */
    int undecided() {
        return undecided.size();
    }

    /** Entries that commands still have to become. */
    int waiting() {
        return waiting.all();
    }

    /** How many entries may wait now. */
    int bound() {
        return backlog.bound();
    }

    /** Whether nobody waits for a decision. */
    public boolean isEmpty() {
        return undecided.isEmpty();
    }

    /** Why a further command of that user to that conversation cannot be taken now, if so. */
    Optional<String> full(String user, String conversation) {
        int free = backlog.bound() - waiting.all();
        if (free <= 0) {
            return Optional.of("the edge waits for too much");
        }
        int ofOne = Math.max(Backlog.MANY, Math.min(free, backlog.inTime()) / limits.share());
        if (waiting.ofUser(user) >= ofOne) {
            return Optional.of("too many of your commands wait");
        }
        if (waiting.ofConversation(conversation) >= ofOne) {
            return Optional.of("too many commands to this conversation wait");
        }
        return Optional.empty();
    }

    /** What a command to that conversation counts for, in entries. */
    int entriesOf(String conversation) {
        return fanOut.of(conversation);
    }

    void add(PendingCommand command) {
        waiting.add(command);
        undecided.put(command.number(), command);
    }

    /** Returns false if nobody waits for it any more. */
    public boolean onDecision(Decision decision, long nowNanos) {
        var command = undecided.remove(decision.getCommand());
        if (command == null) {
            return false;
        }
        double tookMs = (nowNanos - command.beganNanos()) / 1e6;
        meanDecisionMs = 0.9 * meanDecisionMs + 0.1 * tookMs;
        if (decision.getEntries() > 0) {
            fanOut.put(decision.getConversation(), decision.getEntries());
        }
        if (decision.getEntries() > 0 && decision.getVersion() != null && command.isOfSession()) {
            untold.put(new EventName(decision.getConversation(), decision.getVersion()), new Untold(command, nowNanos));
        } else {
            done(command);
        }
        command.decide(decision);
        return true;
    }

    /** An event has come to a session of this edge: to the author's own, if it has one, not before its decision. */
    public void onEntry(String conversation, long version) {
        if (!untold.isEmpty()) {
            var told = untold.remove(new EventName(conversation, version));
            if (told != null) {
                done(told.command());
            }
        }
    }

    /** It never entered the log. */
    void remove(PendingCommand command) {
        if (undecided.remove(command.number()) != null) {
            waiting.remove(command);
        }
    }

    /** Twice the decision time seen of late: by then about half of what is undecided should be decided. */
    long retryAfterMs() {
        return Math.max(MIN_RETRY_MS, Math.min(MAX_RETRY_MS, (long) (2 * meanDecisionMs)));
    }

    /** Answers {@code unavailable} for what the broker has not acknowledged in time, and forgets what nobody decides. */
    public void sweep(long nowNanos) {
        backlog.look(waiting.all(), nowNanos);
        for (var command : undecided.values()) {
            long age = nowNanos - command.beganNanos();
            if (age >= limits.acknowledgedWithin().toNanos() && command.isWriting()) {
                if (command.refuse(ErrorCode.UNAVAILABLE, "the log did not acknowledge in time", 1000)) {
                    remove(command);
                }
            } else if (age >= limits.decidedWithin().toNanos()) {
                remove(command);
            }
        }
        untold.forEach((event, told) -> {
            if (nowNanos - told.sinceNanos() >= TOLD_WITHIN.toNanos() && untold.remove(event, told)) {
                done(told.command());
            }
        });
    }

    /** The life ended: decisions will go nowhere. */
    public void forgetAll() {
        for (var command : undecided.values()) {
            remove(command);
            command.forget();
        }
        untold.forEach((event, told) -> {
            if (untold.remove(event, told)) {
                waiting.remove(told.command());
            }
        });
    }

    private void done(PendingCommand command) {
        waiting.remove(command);
        backlog.onDone(command.entries());
    }

    private record EventName(String conversation, long version) {}

    private record Untold(PendingCommand command, long sinceNanos) {}
}
