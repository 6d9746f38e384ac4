package io.millrace.guarantees.check;

import io.millrace.schemas.record.ConversationEvent;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A message and all that was done to it, by version. */
final class MessageLife {
    private final ConversationEvent posted;
    private final TreeMap<Long, String> bodies = new TreeMap<>();
    private long recalledAt = Long.MAX_VALUE;

    MessageLife(ConversationEvent posted) {
        this.posted = posted;
        bodies.put(posted.getVersion(), Log.hash(posted));
    }

    void edit(long version, String hash) {
        bodies.put(version, hash);
    }

    void recall(long version) {
        recalledAt = Math.min(recalledAt, version);
    }

    ConversationEvent posted() {
        return posted;
    }

    /** As it stands in the end; null once it is recalled. */
    @Nullable
    String last() {
        return recalledAt != Long.MAX_VALUE ? null : bodies.lastEntry().getValue();
    }

    /** The version that made it what it is in the end. */
    long contentVersion() {
        return recalledAt != Long.MAX_VALUE ? recalledAt : bodies.lastKey();
    }

    /**
     * Whether a device may be shown this body for the event of version {@code from}: as it was then, or as any later event
     * made it that the viewer sees.
     */
    boolean mayShow(long from, LongPredicate sees, @Nullable String shown) {
        if (shown == null) {
            return recalledAt != Long.MAX_VALUE && sees.test(recalledAt);
        }
        var then = bodies.floorKey(from);
        return bodies.tailMap(then == null ? from : then, true).entrySet().stream()
                .anyMatch(body -> shown.equals(body.getValue()) && sees.test(Math.max(from, body.getKey())));
    }

    /** Whether this was its body at any time. */
    boolean everWas(@Nullable String shown) {
        return mayShow(posted.getVersion(), version -> true, shown);
    }
}
