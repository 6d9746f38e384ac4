package io.millrace.guarantees.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request of one client from its invocation to its end.
 *
 * @param acceptedNs when the server took it into its log; -1 if the client was not told so
 * @param endedNs {@link Long#MAX_VALUE} if it never ended
 */
public record Operation(
        long op,
        Action action,
        String user,
        String device,
        @Nullable String conversation,
        String key,
        @Nullable String bodyHash,
        @Nullable Long targetSeq,
        List<String> users,
        long invokedNs,
        long acceptedNs,
        long endedNs,
        Outcome outcome,
        @Nullable Long seq,
        @Nullable Long version,
        @Nullable String messageId,
        boolean unchanged,
        @Nullable String code) {

    /** The operation as its lines tell it; without an end its outcome is unknown. */
    static Operation of(Line.Invoked begin, Line.@Nullable Accepted accepted, Line.@Nullable Ended end) {
        return new Operation(
                begin.op(),
                begin.action(),
                begin.user(),
                begin.device(),
                end != null && end.conversation() != null ? end.conversation() : begin.conversation(),
                begin.key(),
                begin.bodyHash(),
                begin.targetSeq(),
                begin.users(),
                begin.atNs(),
                accepted == null ? -1 : accepted.atNs(),
                end == null ? Long.MAX_VALUE : end.atNs(),
                end == null ? Outcome.UNKNOWN : end.outcome(),
                end == null ? null : end.seq(),
                end == null ? null : end.version(),
                end == null ? null : end.messageId(),
                end != null && end.unchanged(),
                end == null ? null : end.code());
    }

    /** True if the server owes a decision: it said {@code accepted} or {@code posted}. */
    public boolean isOwed() {
        return outcome == Outcome.OK || acceptedNs >= 0;
    }

    /** For a person who reads a verdict. */
    @Override
    public String toString() {
        return action + " #" + op + " " + outcome + " by " + user + "/" + device + " in " + conversation + " key " + key
                + (seq == null ? "" : " seq " + seq) + (version == null ? "" : " version " + version)
                + (code == null ? "" : " (" + code + ")");
    }
}
