package io.millrace.timeline.cassandra;

import java.util.List;
import java.util.function.Supplier;

/** Where the statements go that the log causes: into the store, or into memory. */
interface WriteTarget {
    /** Returns when every statement has taken effect. */
    void all(List<PartitionedStatement> statements) throws InterruptedException;

    /**
     * The same for statements that depend on the time at which they are sent.
     *
     * @param bound gives them once for each attempt: always the same ones, in the same order
     */
    default void allOf(Supplier<List<PartitionedStatement>> bound) throws InterruptedException {
        all(bound.get());
    }
}
