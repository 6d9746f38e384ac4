package io.millrace.timeline.cassandra;

import com.datastax.driver.core.BatchStatement;
import com.datastax.driver.core.BoundStatement;
import com.datastax.driver.core.PreparedStatement;
import com.datastax.driver.core.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Knows what prepared statements set; reads each of them once. Thread-safe. */
final class Upserts {
    private final Map<PreparedStatement, Upsert> known = new ConcurrentHashMap<>();

    /** A bound statement and what it sets. */
    record Bound(BoundStatement statement, Upsert upsert) {}

    /** The single statements of one, which may be a pair: all of one table. */
    List<Bound> in(PartitionedStatement s) {
        var found = new ArrayList<Bound>();
        add(s.statement(), found);
        return found;
    }

    private void add(Statement statement, List<Bound> found) {
        if (statement instanceof BatchStatement batch) {
            batch.getStatements().forEach(each -> add(each, found));
        } else if (statement instanceof BoundStatement bound) {
            found.add(new Bound(
                    bound, known.computeIfAbsent(bound.preparedStatement(), p -> Upsert.of(p.getQueryString()))));
        } else {
            throw new IllegalStateException("a write that is not prepared: " + statement.getClass());
        }
    }
}
