package io.millrace.webhooks.dispatch;

import io.millrace.schemas.record.WebhookDeadLetter;
import java.util.concurrent.CompletableFuture;

/** Where events go that a subscriber does not get. */
@FunctionalInterface
public interface DeadLetters {
    /** Completes when the letter is durable; fails if that is not known. May block while Kafka is away. */
    CompletableFuture<Void> write(WebhookDeadLetter letter);
}
