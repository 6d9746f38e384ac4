package io.millrace.timeline.replay;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of the log is replayed.
 *
 * @param users those whose timelines are; with these or conversations given, nothing else is
 * @param conversations those that are
 * @param partitions only these partitions of each topic; empty: all
 */
record Selection(Set<String> users, Set<String> conversations, Set<Integer> partitions) {
    static final Selection EVERYTHING = new Selection(Set.of(), Set.of(), Set.of());

    Selection {
        users = Set.copyOf(users);
        conversations = Set.copyOf(conversations);
        partitions = Set.copyOf(partitions);
    }

    /** Whether not every record of what is read is taken. */
    boolean choosesKeys() {
        return !users.isEmpty() || !conversations.isEmpty();
    }

    private Set<String> owners(String topic) {
        return topic.equals(Sources.ENTRIES) ? users : conversations;
    }

    /** Whether anything of a topic is taken. */
    boolean touches(String topic) {
        return !choosesKeys() || !owners(topic).isEmpty();
    }

    /** Whether a record with that key is taken; one without a key is taken when all are. */
    boolean takes(String topic, @Nullable String key) {
        return !choosesKeys() || (key != null && takesOwner(topic, Sources.owner(topic, key)));
    }

    /** Whether what records of that user or conversation wrote is taken. */
    boolean takesOwner(String topic, String owner) {
        return !choosesKeys() || owners(topic).contains(owner);
    }

    /** Whether a partition has to be read. */
    boolean reads(String topic, int partition, int of) {
        return (partitions.isEmpty() || partitions.contains(partition))
                && (!choosesKeys()
                        || owners(topic).stream().anyMatch(owner -> Sources.partition(owner, of) == partition));
    }

    /** The same selection has the same text. */
    @Override
    public String toString() {
        if (equals(EVERYTHING)) {
            return "everything";
        }
        return "users " + new TreeSet<>(users) + ", conversations " + new TreeSet<>(conversations) + ", partitions "
                + (partitions.isEmpty() ? "all" : new TreeSet<>(partitions).toString());
    }
}
