package io.millrace.router.rebuild;

import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.TimelineEntry;
import java.util.HashMap;
import java.util.Map;

/**
 * How far each partition of a source has been taken, by what the public topics have of it. Times are record times in
 * milliseconds, 0 for none. Holds a number per conversation of every user in memory. Not thread-safe.
 */
final class Outcomes {
    private final Map<Integer, Long> commands = new HashMap<>();
    private final Map<Integer, Long> userCommands = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();

    /** The last command of this partition that has an outcome came at that time. */
    void ofCommands(int partition, long lastAt) {
        commands.put(partition, lastAt);
    }

    /** An entry of a timeline of this partition, in order. */
    void ofTimelines(int partition, TimelineEntry entry) {
        var version = entry.getVersion();
        if (version == null) {
            userCommands.merge(partition, entry.getAt().toEpochMilli(), Math::max);
        } else {
            versions.merge(key(entry.getUser(), entry.getConversation()), version, Math::max);
        }
    }

    /**
     * Commands that came later are undecided. Of those that came at that very time the dedup store knows which are
     * decided.
     */
    long lastCommandAt(int partition) {
        return commands.getOrDefault(partition, 0L);
    }

    /** What users did to their own timelines later has no entry; doing the same once more changes nothing. */
    long lastUserCommandAt(int partition) {
        return userCommands.getOrDefault(partition, 0L);
    }

    /** Whether the timelines have this event. Its members are told of all versions in order, and of each at once. */
    boolean isNumbered(InboxRecord record) {
        var event = record.getEvent();
        return record.getMembers().stream()
                .anyMatch(member ->
                        versions.getOrDefault(key(member, event.getConversation()), 0L) >= event.getVersion());
    }

    private static String key(String user, String conversation) {
        return user + '\0' + conversation;
    }
}
