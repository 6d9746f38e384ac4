package io.millrace.webhooks.dispatch;

import java.util.ArrayDeque;
import org.apache.kafka.common.TopicPartition;

/** The events of one conversation that wait, in order; only the first of them is ever under way. Guarded as they are. */
final class Lane {
    final TopicPartition partition;
    final ArrayDeque<Pending> events = new ArrayDeque<>();
    boolean underWay;
    /** Its partition has gone to another process: nothing of it is sent or counted any more. */
    boolean dropped;

    Lane(TopicPartition partition) {
        this.partition = partition;
    }

    Pending head() {
        return events.getFirst();
    }
}
