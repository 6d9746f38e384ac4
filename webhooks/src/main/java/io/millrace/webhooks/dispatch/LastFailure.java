package io.millrace.webhooks.dispatch;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last thing that went wrong with a subscriber, for whoever asks how it is. Thread-safe. */
public final class LastFailure {
    /**
     * @param status of the answer; null where there was none
     * @param why a few words without address and content
     */
    public record Failure(@Nullable Integer status, String why, Instant at) {}

    private final Clock clock;
    private volatile @Nullable Failure last;

    public LastFailure(Clock clock) {
        this.clock = clock;
    }

    void set(@Nullable Integer status, String why) {
        last = new Failure(status, why, clock.instant());
    }

    public Optional<Failure> last() {
        return Optional.ofNullable(last);
    }
}
