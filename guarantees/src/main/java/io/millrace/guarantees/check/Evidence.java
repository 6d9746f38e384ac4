package io.millrace.guarantees.check;

import io.millrace.guarantees.history.History;
import java.util.List;

/** Four views of one run, taken after everything came to rest. */
public record Evidence(History clients, Committed committed, Tables tables, List<FreshDevice> fresh) {
    public Evidence {
        fresh = List.copyOf(fresh);
    }
}
