package io.millrace.client.timeline;

import java.util.List;

/** What the server says to "give me what lies after this position". */
public sealed interface PullAnswer {
    /**
     * Entries without a hole.
     *
     * @param head the timeline's last position as the server knows it
     * @param next position of the last entry, or the one that was asked for where there is none
     * @param retryAfterMs how long to wait before asking on where the page stops early; 0 for not at all
     */
    record Page(String epoch, long head, List<Entry> entries, long next, long retryAfterMs) implements PullAnswer {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /** The numbering is another one, or reaches not that far back: take a {@link Snapshot}. */
    record Reset() implements PullAnswer {}

    /** Not now. */
    record Later(long retryAfterMs) implements PullAnswer {}
}
