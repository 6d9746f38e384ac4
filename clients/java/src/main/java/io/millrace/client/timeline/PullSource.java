package io.millrace.client.timeline;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where a timeline is pulled from. Futures fail only when the outcome is unknown: the caller asks again later. */
public interface PullSource {
    /**
     * @param after last position that the device has
     * @param epoch numbering that {@code after} belongs to; null only together with 0
     * @param atLeast position to wait for, up to the server's own limit of time
     */
    CompletableFuture<PullAnswer> pull(long after, @Nullable String epoch, long atLeast);

    /** All pages of the user's conversations. */
    CompletableFuture<Snapshot> snapshot();
}
