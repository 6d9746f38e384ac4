package io.millrace.timeline.replay;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** What of consumer groups matters to who moves their places. */
final class ConsumerGroups {
    private ConsumerGroups() {}

    /** Whether a process is in the group, or was and has not been missed yet. */
    static boolean hasMembers(Admin admin, String group) throws InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                    .anyMatch(described -> !described.members().isEmpty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw new KafkaException("group " + group + " cannot be described", e.getCause());
        }
    }
}
