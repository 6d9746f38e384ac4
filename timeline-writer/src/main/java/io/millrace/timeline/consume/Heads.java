package io.millrace.timeline.consume;

import java.util.Collection;
import java.util.Map;

/** How far the keys of one partition are written. Used by one thread at a time. */
interface Heads<H> {
    /** Those of these keys that are known; a key that is not there has the empty head. */
    Map<String, H> of(Collection<String> keys);

    void put(String key, H head);
}
