package io.millrace.edge.inbound;

import java.time.Duration;

/**
 * Bounds of what is accepted but undecided on this edge.
 *
 * @param undecided commands of this edge that may wait for their decision; default 10000
 * @param undecidedPerUser of them, those of one user; default 1000
 * @param undecidedPerConversation of them, those to one conversation; default 2000
 * @param waitAtMost commands are refused as {@code overloaded} while more wait than the router decides in that time, as
 *     measured while many waited (50 always may); where half of that waits, a user and a conversation may have as large
 *     a part of it as they have of {@code undecided}; default 3 s
 * @param acknowledgedWithin without the broker's acknowledgement for that long the answer is {@code unavailable};
 *     default 900 ms
 * @param decidedWithin after that long an undecided command (a dead letter, say) no longer counts; default 5 min
 */
public record CommandLimits(
        int undecided,
        int undecidedPerUser,
        int undecidedPerConversation,
        Duration waitAtMost,
        Duration acknowledgedWithin,
        Duration decidedWithin) {
    public CommandLimits {
        undecided = undecided <= 0 ? 10_000 : undecided;
        undecidedPerUser = undecidedPerUser <= 0 ? 1000 : undecidedPerUser;
        undecidedPerConversation = undecidedPerConversation <= 0 ? 2000 : undecidedPerConversation;
        waitAtMost = waitAtMost == null ? Duration.ofSeconds(3) : waitAtMost;
        acknowledgedWithin = acknowledgedWithin == null ? Duration.ofMillis(900) : acknowledgedWithin;
        decidedWithin = decidedWithin == null ? Duration.ofMinutes(5) : decidedWithin;
    }

    /** All defaults. */
    public static CommandLimits defaults() {
        return new CommandLimits(0, 0, 0, Duration.ofSeconds(3), Duration.ofMillis(900), Duration.ofMinutes(5));
    }
}
