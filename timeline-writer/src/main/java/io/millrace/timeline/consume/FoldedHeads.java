package io.millrace.timeline.consume;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Heads as they follow from the log alone: the store is not asked. Used by one thread at a time. */
final class FoldedHeads<H> implements Heads<H> {
    private final Map<String, H> known;

    /** @param known those there are already, to which others are added */
    FoldedHeads(Map<String, H> known) {
        this.known = known;
    }

    @Override
    public Map<String, H> of(Collection<String> keys) {
        var heads = new HashMap<String, H>();
        for (var key : keys) {
            var head = known.get(key);
            if (head != null) {
                heads.put(key, head);
            }
        }
        return heads;
    }

    @Override
    public void put(String key, H head) {
        known.put(key, head);
    }
}
