package io.millrace.timeline.replay;

import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.timeline.cassandra.PartitionName;
import io.millrace.timeline.cassandra.TableShape;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;

/** Which topic a table is written from, and which key and partition of it a row belongs to. */
final class Sources {
    static final String EVENTS = TopicCatalogue.CONVERSATION_EVENTS.name();
    static final String ENTRIES = TopicCatalogue.TIMELINE_ENTRIES.name();
    static final String RECEIPTS = TopicCatalogue.RECEIPTS.name();

    private static final Set<String> FROM_ENTRIES =
            Set.of("timelines_by_user", "conversations_by_user", "exceptions_by_user", "contacts_by_user");

    private Sources() {}

    static String topic(TableShape table) {
        if (table.name().equals("receipts_by_conversation")) {
            return RECEIPTS;
        }
        return FROM_ENTRIES.contains(table.name()) ? ENTRIES : EVENTS;
    }

    /** The user or conversation whose records write this partition of a table. */
    static String owner(PartitionName partition) {
        return (String) partition.value(topic(partition.table()).equals(ENTRIES) ? "user" : "conversation");
    }

    /** What of a record's key chooses its partition: the user or the conversation. */
    static String owner(String topic, String key) {
        int space = key.indexOf(' ');
        return topic.equals(RECEIPTS) && space >= 0 ? key.substring(0, space) : key;
    }

    /** The partition of a topic that an owner's records are in. */
    static int partition(String owner, int partitions) {
        return Utils.toPositive(Utils.murmur2(owner.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
