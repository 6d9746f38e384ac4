package io.millrace.webhooks.dispatch;

import io.millrace.webhooks.delivery.Letter;
import io.millrace.webhooks.delivery.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** An event that a subscriber is to get, and what was tried so far. Guarded by the lock of {@link Deliveries}. */
final class Pending {
    final TopicPartition partition;
    final long offset;
    final String conversation;
    /** When it happened, by its record. */
    final long recordMs;
    /** Null: the bytes in the log are no event. */
    final @Nullable Letter letter;

    int attempts;

    @Nullable
    Instant firstAttemptAt;

    /** On the clock of {@link System#nanoTime}. */
    private long firstAttemptNanos;

    @Nullable
    Integer lastStatus;

    Pending(TopicPartition partition, long offset, String conversation, long recordMs, @Nullable Letter letter) {
        this.partition = partition;
        this.offset = offset;
        this.conversation = conversation;
        this.recordMs = recordMs;
        this.letter = letter;
    }

    /** It was sent first in a former life. */
    void goOn(Instant first, Instant now) {
        firstAttemptAt = first;
        firstAttemptNanos =
                System.nanoTime() - Math.max(0, Duration.between(first, now).toNanos());
    }

    void attempt(Instant now) {
        attempts++;
        if (firstAttemptAt == null) {
            firstAttemptAt = now;
            firstAttemptNanos = System.nanoTime();
        }
    }

    void failed(Verdict.TryAgain verdict) {
        lastStatus = verdict.status();
    }

    /** Since the first attempt, within a life by a clock that nobody sets. */
    Duration age() {
        return firstAttemptAt == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - firstAttemptNanos);
    }
}
