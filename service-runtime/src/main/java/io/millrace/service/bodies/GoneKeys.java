package io.millrace.service.bodies;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Ids that the log was asked for in vain, the last of them: they are not asked for again. Thread-safe. */
final class GoneKeys {
    private static final int MOST = 10_000;

    private final Set<String> ids = Collections.synchronizedSet(Collections.newSetFromMap(new Last()));

    boolean contains(String id) {
        return ids.contains(id);
    }

    void add(String id) {
        ids.add(id);
    }

    private static final class Last extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    }
}
