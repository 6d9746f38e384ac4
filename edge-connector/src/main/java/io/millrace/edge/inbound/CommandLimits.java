package io.millrace.edge.inbound;

import io.millrace.service.config.ConfigException;
import java.time.Duration;

/**
 * Bounds of what is accepted but not done on this edge. They are counted in timeline entries: a message to a group of 40
 * is 40 of them, and waits until its author's session has its own (over HTTP, until it is decided).
 *
 * @param waiting entries that may wait; default 20000
 * @param waitAtMost commands are refused as {@code overloaded} while more entries wait than the router writes in that
 *     time, as measured while many waited (1000 always may); default 3 s
 * @param share one user, and one conversation, may have one part in so many of what is still free, of a tenth of
 *     {@code waiting} before anything was measured (200 entries always); default 30
 * @param acknowledgedWithin without the broker's acknowledgement for that long the answer is {@code unavailable};
 *     default 900 ms
 * @param decidedWithin after that long an undecided command (a dead letter, say) no longer counts; default 5 min
 */
public record CommandLimits(
        int waiting, Duration waitAtMost, int share, Duration acknowledgedWithin, Duration decidedWithin) {
    public CommandLimits {
        waiting = waiting == 0 ? 20_000 : waiting;
        waitAtMost = waitAtMost == null ? Duration.ofSeconds(3) : waitAtMost;
        share = share == 0 ? 30 : share;
        acknowledgedWithin = acknowledgedWithin == null ? Duration.ofMillis(900) : acknowledgedWithin;
        decidedWithin = decidedWithin == null ? Duration.ofMinutes(5) : decidedWithin;
        if (waiting < 0 || share < 0) {
            throw new ConfigException("commands.waiting and commands.share are greater than 0");
        }
    }

    /** All defaults. */
    public static CommandLimits defaults() {
        return new CommandLimits(0, Duration.ofSeconds(3), 0, Duration.ofMillis(900), Duration.ofMinutes(5));
    }
}
