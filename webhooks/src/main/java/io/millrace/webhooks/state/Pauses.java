package io.millrace.webhooks.state;

import io.millrace.schemas.record.WebhookPauseCause;
import io.millrace.schemas.record.WebhookState;
import java.util.Optional;

/** Which subscribers are paused, and which have begun. Thread-safe. */
public interface Pauses {
    /** Since when and why a subscriber is paused; empty if it is not. */
    Optional<WebhookState> pauseOf(String subscriber);

    /**
     * Pauses a subscriber everywhere, or lets it go on. Returns when this process sees it itself.
     *
     * @throws StateUnavailableException if it is not known whether that was written
     */
    void set(String subscriber, boolean paused, WebhookPauseCause cause)
            throws StateUnavailableException, InterruptedException;

    /** Whether a subscriber's group once stood somewhere: if it stands nowhere now, its offsets are lost. */
    boolean hasBegun(String subscriber);

    /**
     * Remembers for every process, over restarts and for ever, that a subscriber's group stands somewhere. Returns when
     * this process sees it itself.
     *
     * @throws StateUnavailableException if it is not known whether that was written
     */
    void begin(String subscriber) throws StateUnavailableException, InterruptedException;
}
