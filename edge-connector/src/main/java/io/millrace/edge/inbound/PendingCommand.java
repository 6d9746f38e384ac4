package io.millrace.edge.inbound;

import io.millrace.edge.protocol.ErrorCode;
import io.millrace.schemas.record.Decision;

/**
 * A command between its arrival and its decision. Answers are given under its lock, so that {@code accepted} never
 * follows the decision, whichever thread is faster. Thread-safe.
 */
final class PendingCommand {
    private enum Step {
        WRITING,
        ACCEPTED,
        ANSWERED
    }

    private final long number;
    private final String user;
    private final String conversation;
    private final int entries;
    private final boolean ofSession;
    private final long beganNanos;
    private final AnswerSink sink;
    private Step step = Step.WRITING;

    /**
     * @param entries what it counts for
     * @param ofSession whether it came over a session, which is told of the event too
     */
    PendingCommand(
            long number,
            String user,
            String conversation,
            int entries,
            boolean ofSession,
            long beganNanos,
            AnswerSink sink) {
        this.number = number;
        this.user = user;
        this.conversation = conversation;
        this.entries = entries;
        this.ofSession = ofSession;
        this.beganNanos = beganNanos;
        this.sink = sink;
    }

    long number() {
        return number;
    }

    String user() {
        return user;
    }

    String conversation() {
        return conversation;
    }

    int entries() {
        return entries;
    }

    boolean isOfSession() {
        return ofSession;
    }

    long beganNanos() {
        return beganNanos;
    }

    synchronized boolean isWriting() {
        return step == Step.WRITING;
    }

    synchronized void accept() {
        if (step == Step.WRITING) {
            step = Step.ACCEPTED;
            sink.onAccepted();
        }
    }

    synchronized void decide(Decision decision) {
        if (step != Step.ANSWERED) {
            step = Step.ANSWERED;
            sink.onDecision(decision);
        }
    }

    /** Only a command that was not accepted can be refused; returns whether it was. */
    synchronized boolean refuse(ErrorCode code, String message, long retryAfterMs) {
        if (step != Step.WRITING) {
            return false;
        }
        step = Step.ANSWERED;
        sink.onRefused(code, message, retryAfterMs);
        return true;
    }

    synchronized void forget() {
        if (step != Step.ANSWERED) {
            step = Step.ANSWERED;
            sink.onForgotten();
        }
    }
}
