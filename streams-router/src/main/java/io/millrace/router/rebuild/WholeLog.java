package io.millrace.router.rebuild;

import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.lifecycle.RefusedToStartException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The topics that all state follows from, from their first records on: without them numbers would begin again. */
final class WholeLog {
    private WholeLog() {}

    /** @throws RefusedToStartException if the first records of a partition are gone */
    static void require(Admin admin, Epoch epoch) throws InterruptedException, ExecutionException {
        var earliest = new HashMap<TopicPartition, OffsetSpec>();
        ask(earliest, TopicCatalogue.CONVERSATION_EVENTS.name(), epoch.getConversationPartitions());
        ask(earliest, TopicCatalogue.TIMELINE_ENTRIES.name(), epoch.getUserPartitions());
        for (var each : admin.listOffsets(earliest).all().get().entrySet()) {
            if (each.getValue().offset() > 0) {
                throw new RefusedToStartException("topic " + each.getKey().topic() + " begins at offset "
                        + each.getValue().offset() + " in partition "
                        + each.getKey().partition()
                        + ": what the router knew cannot be made again from the rest, nothing was changed; the log has"
                        + " to be restored (runbooks/restore.md)");
            }
        }
    }

    private static void ask(Map<TopicPartition, OffsetSpec> earliest, String topic, int partitions) {
        for (int p = 0; p < partitions; p++) {
            earliest.put(new TopicPartition(topic, p), OffsetSpec.earliest());
        }
    }
}
