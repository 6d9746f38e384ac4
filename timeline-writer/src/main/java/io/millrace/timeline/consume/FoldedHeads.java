package io.millrace.timeline.consume;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Heads as they follow from the log alone, for whoever takes a partition from its first record: the store is not asked.
 * All keys of the partition stay in memory, some 200 bytes each. Used by one thread at a time.
 */
final class FoldedHeads<H> implements Heads<H> {
    private final Map<String, H> known = new HashMap<>();

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
