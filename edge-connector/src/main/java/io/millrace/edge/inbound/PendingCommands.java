package io.millrace.edge.inbound;

import io.millrace.edge.protocol.ErrorCode;
import io.millrace.schemas.record.Decision;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The commands that this life of the edge accepted or is writing, bounded in all, per user and per conversation, by the
 * number under which their decision comes back. Thread-safe; the bounds may be exceeded by as many as threads race.
 */
public final class PendingCommands {
    private static final long MIN_RETRY_MS = 100;
    private static final long MAX_RETRY_MS = 10_000;

    private final CommandLimits limits;
    private final Backlog backlog;
    private final Map<Long, PendingCommand> byNumber = new ConcurrentHashMap<>();
    private final Map<String, Integer> perUser = new ConcurrentHashMap<>();
    private final Map<String, Integer> perConversation = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private volatile double meanDecisionMs = 200;

    public PendingCommands(CommandLimits limits) {
        this.limits = limits;
        this.backlog = new Backlog(limits.undecided(), limits.waitAtMost());
    }

    int size() {
        return size.get();
    }

    /** Whether nobody waits for anything. */
    public boolean isEmpty() {
        return byNumber.isEmpty();
    }

    /** Why a further command of that user to that conversation cannot be taken now, if so. */
    Optional<String> full(String user, String conversation) {
        int waiting = size.get();
        int bound = backlog.bound();
        if (waiting >= bound) {
            return Optional.of("the edge waits for too many decisions");
        }
        // Where much waits, nobody may have a larger part of a low bound than of the highest one.
        int of = waiting < bound / 2 ? limits.undecided() : bound;
        if (perUser.getOrDefault(user, 0) >= share(limits.undecidedPerUser(), of)) {
            return Optional.of("too many of your commands are undecided");
        }
        if (perConversation.getOrDefault(conversation, 0) >= share(limits.undecidedPerConversation(), of)) {
            return Optional.of("too many commands to this conversation are undecided");
        }
        return Optional.empty();
    }

    private int share(int limit, int of) {
        return (int) Math.max(1, (long) limit * of / limits.undecided());
    }

    /** How many may wait now. */
    int bound() {
        return backlog.bound();
    }

    void add(PendingCommand command) {
        byNumber.put(command.number(), command);
        size.incrementAndGet();
        perUser.merge(command.user(), 1, Integer::sum);
        perConversation.merge(command.conversation(), 1, Integer::sum);
    }

    /** Returns false if nobody waits for it any more. */
    public boolean onDecision(Decision decision, long nowNanos) {
        var command = byNumber.get(decision.getCommand());
        if (command == null) {
            return false;
        }
        remove(command);
        backlog.onDecision();
        double tookMs = (nowNanos - command.beganNanos()) / 1e6;
        meanDecisionMs = 0.9 * meanDecisionMs + 0.1 * tookMs;
        command.decide(decision);
        return true;
    }

    void remove(PendingCommand command) {
        if (byNumber.remove(command.number()) != null) {
            size.decrementAndGet();
            perUser.computeIfPresent(command.user(), PendingCommands::oneLess);
            perConversation.computeIfPresent(command.conversation(), PendingCommands::oneLess);
        }
    }

    /** Twice the decision time seen of late: by then about half of what is undecided should be decided. */
    long retryAfterMs() {
        return Math.max(MIN_RETRY_MS, Math.min(MAX_RETRY_MS, (long) (2 * meanDecisionMs)));
    }

    /** Answers {@code unavailable} for what the broker has not acknowledged in time, and forgets what nobody decides. */
    public void sweep(long nowNanos) {
        backlog.look(size.get(), nowNanos);
        for (var command : byNumber.values()) {
            long age = nowNanos - command.beganNanos();
            if (age >= limits.acknowledgedWithin().toNanos() && command.isWriting()) {
                if (command.refuse(ErrorCode.UNAVAILABLE, "the log did not acknowledge in time", 1000)) {
                    remove(command);
                }
            } else if (age >= limits.decidedWithin().toNanos()) {
                remove(command);
            }
        }
    }

    /** The life ended: decisions will go nowhere. */
    public void forgetAll() {
        for (var command : byNumber.values()) {
            remove(command);
            command.forget();
        }
    }

    private static @Nullable Integer oneLess(String key, int count) {
        return count <= 1 ? null : count - 1;
    }
}
