package io.millrace.edge.inbound;

import io.millrace.edge.protocol.ErrorCode;
import io.millrace.schemas.record.Decision;

/**
 * Whoever waits for the answers to one command. {@code accepted} comes at most once and never after the decision;
 * exactly one of the other two comes, unless the life of the edge ends first. Called on Kafka's threads; must not block.
 */
public interface AnswerSink {
    void onAccepted();

    void onDecision(Decision decision);

    /** Not decided; with {@link ErrorCode#UNAVAILABLE} it may have been stored all the same. */
    void onRefused(ErrorCode code, String message, long retryAfterMs);

    /** The life of the edge ended: the decision will not come here. */
    void onForgotten();
}
