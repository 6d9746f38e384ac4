package io.millrace.timeline.consume;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Heads of the keys of one partition that were written lately; the rest is read from the store. Right as long as this
 * process owns the partition, so it lives and dies with the assignment. Used by one thread at a time.
 */
final class HeadCache<H> implements Heads<H> {
    private static final int MAX = 20_000;

    private final Function<Collection<String>, Map<String, H>> load;
    private final Map<String, H> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, H> eldest) {
            return size() > MAX;
        }
    };

    /** @param load reads heads from the store; a key that is not there has the empty head */
    HeadCache(Function<Collection<String>, Map<String, H>> load) {
        this.load = load;
    }

    @Override
    public Map<String, H> of(Collection<String> keys) {
        var heads = new HashMap<String, H>();
        var missing = new HashSet<String>();
        for (var key : keys) {
            var head = known.get(key);
            if (head == null) {
                missing.add(key);
            } else {
                heads.put(key, head);
            }
        }
        if (!missing.isEmpty()) {
            heads.putAll(load.apply(missing));
        }
        return heads;
    }

    @Override
    public void put(String key, H head) {
        known.put(key, head);
    }
}
