package io.millrace.timeline.replay;

import io.millrace.schemas.topic.PartitionCounts;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * From which partition counts to which, and how far that is.
 *
 * @param epoch numbering that goes on
 * @param topics as they were before, of all topics that get other counts
 */
record ReshardPlan(
        String epoch, PartitionCounts from, PartitionCounts to, Phase phase, Map<String, TopicShape> topics) {
    /** What is added to the name of a topic while its records are outside of it. */
    static final String STAGING = ".reshard";

    enum Phase {
        /** The topics are as they were; it can be abandoned. */
        COPYING,
        /** All records are in copies that were proved; topics are being made anew. */
        CHANGING,
        /** Done; what is left of it is being deleted. */
        DONE
    }

    /** What becomes of a topic. */
    enum Fate {
        /** Every record goes on. */
        COPIED,
        /** It begins empty: what was in it is done. */
        EMPTIED
    }

    private static final Set<String> DONE_WITH = Set.of(
            TopicCatalogue.INBOX.name(),
            TopicCatalogue.SIGNALS.name(),
            TopicCatalogue.BROADCASTS.name(),
            TopicCatalogue.COMMANDS_DEAD_LETTERS.name(),
            TopicCatalogue.USER_COMMANDS_DEAD_LETTERS.name());

    ReshardPlan {
        topics = Map.copyOf(new TreeMap<>(topics));
    }

    static Fate fate(TopicSpec<?> topic) {
        return DONE_WITH.contains(topic.name()) ? Fate.EMPTIED : Fate.COPIED;
    }

    /** What the audit calls the topics that get the same counts. */
    static String subject(TopicSpec.Partitioning partitioning) {
        return partitioning.name().toLowerCase(Locale.ROOT);
    }

    /** What the audit calls the topics that get other counts. */
    List<String> subjects() {
        return concerned().stream()
                .map(topic -> subject(topic.partitioning()))
                .distinct()
                .toList();
    }

    ReshardPlan in(Phase next) {
        return new ReshardPlan(epoch, from, to, next, topics);
    }

    /** The topics that get other counts. */
    static List<TopicSpec<?>> concerned(PartitionCounts from, PartitionCounts to) {
        return TopicCatalogue.ALL.stream()
                .filter(topic -> topic.partitions(from) != topic.partitions(to))
                .collect(Collectors.toUnmodifiableList());
    }

    List<TopicSpec<?>> concerned() {
        return concerned(from, to);
    }

    List<TopicSpec<?>> concerned(Fate fate) {
        return concerned().stream().filter(topic -> fate(topic) == fate).collect(Collectors.toUnmodifiableList());
    }

    Set<String> names() {
        return concerned().stream().map(TopicSpec::name).collect(Collectors.toUnmodifiableSet());
    }

    List<String> stagings() {
        return concerned(Fate.COPIED).stream()
                .map(topic -> topic.name() + STAGING)
                .toList();
    }

    /** How a topic was. */
    TopicShape was(TopicSpec<?> topic) {
        var shape = topics.get(topic.name());
        if (shape == null) {
            throw new ReplayException("it is not known how topic " + topic.name() + " was");
        }
        return shape;
    }

    /** How a topic will be. */
    TopicShape shape(TopicSpec<?> topic) {
        return was(topic).withPartitions(topic.partitions(to));
    }

    /** For people. */
    String text() {
        return "conversations " + from.conversations() + " -> " + to.conversations() + ", users " + from.users()
                + " -> " + to.users();
    }
}
