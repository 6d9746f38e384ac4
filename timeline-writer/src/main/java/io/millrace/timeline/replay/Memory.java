package io.millrace.timeline.replay;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What a comparison knows of the last one, and keeps for the next. Thread-safe. */
final class Memory {
    private final @Nullable VerifiedLog before;
    private volatile boolean keeps;
    private final Map<String, VerifiedPartition> after = new ConcurrentHashMap<>();

    private Memory(@Nullable VerifiedLog before, boolean keeps) {
        this.before = before;
        this.keeps = keeps;
    }

    /** Everything is compared, and nothing kept. */
    static Memory none() {
        return new Memory(null, false);
    }

    /** Everything is compared. */
    static Memory fresh() {
        return new Memory(null, true);
    }

    /** Only what the log has got since then is compared. */
    static Memory of(VerifiedLog before) {
        return new Memory(before, true);
    }

    boolean isIncrement() {
        return before != null;
    }

    boolean keeps() {
        return keeps;
    }

    /** Nothing of this comparison is kept. */
    void forget() {
        keeps = false;
        after.clear();
    }

    /** From where a partition is compared. */
    VerifiedPartition before(TopicPartition partition) {
        return before == null
                ? VerifiedPartition.NONE
                : before.partitions().getOrDefault(partition.toString(), VerifiedPartition.NONE);
    }

    void keep(TopicPartition partition, VerifiedPartition verified) {
        after.put(partition.toString(), verified);
    }

    VerifiedLog after(String keyspace, String epoch) {
        return new VerifiedLog(keyspace, epoch, after);
    }
}
