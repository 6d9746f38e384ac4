package io.millrace.timeline.replay;

import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import io.millrace.schemas.serde.PoisonRecordException;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.kafka.KafkaClientConfig;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** What the router has not taken from its sources yet. Sessions do not count: a router with a state made anew has none. */
final class Undone {
    private static final Map<String, List<String>> SOURCES = new TreeMap<>(Map.of(
            TopicCatalogue.CONVERSATIONS_APP,
            List.of(TopicCatalogue.COMMANDS.name()),
            TopicCatalogue.USERS_APP,
            List.of(TopicCatalogue.INBOX.name(), TopicCatalogue.USER_COMMANDS.name())));
    private static final Set<UserCommandType> OF_SESSIONS = EnumSet.of(
            UserCommandType.SESSION_OPEN,
            UserCommandType.SESSION_CLOSE,
            UserCommandType.EDGE_ALIVE,
            UserCommandType.EDGE_GONE);

    /** An edge gives a sign of life every seven seconds at the latest. */
    private static final Duration EDGES_QUIET = Duration.ofSeconds(8);

    private final KafkaClientConfig kafka;
    private final Deserializer<UserCommand> userCommands;

    Undone(KafkaClientConfig kafka) {
        this.kafka = kafka;
        this.userCommands = kafka.serdes().deserializer(UserCommand.class);
    }

    /**
     * Waits a while for signs of life.
     *
     * @throws ReplayException if an edge gives one
     */
    void requireNoEdge() throws InterruptedException {
        try (var log = RawLog.of(kafka, TopicCatalogue.USER_COMMANDS.name())) {
            var before = log.ends();
            TimeUnit.MILLISECONDS.sleep(EDGES_QUIET.toMillis());
            if (!log.ends().equals(before)) {
                throw new ReplayException("an edge runs, or somebody else writes " + TopicCatalogue.USER_COMMANDS.name()
                        + ": stop every edge first, then the router");
            }
        }
    }

    /** @throws ReplayException if something has no decision or is in no timeline yet */
    void requireNothing(GroupPlaces places) throws InterruptedException, ExecutionException {
        var topics = SOURCES.values().stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
        var groups = places.in(topics);
        for (var application : SOURCES.entrySet()) {
            var offsets = groups.getOrDefault(application.getKey(), Map.of());
            for (var topic : application.getValue()) {
                try (var log = RawLog.of(kafka, topic)) {
                    for (var end : log.ends().entrySet()) {
                        require(application.getKey(), end.getKey(), offsets, log);
                    }
                }
            }
        }
    }

    private void require(String application, TopicPartition partition, Map<TopicPartition, Long> places, RawLog log)
            throws InterruptedException {
        var place = places.get(partition);
        if (place == null) {
            throw new ReplayException("application " + application + " stands nowhere in " + partition
                    + ": run rebuild-state first, see runbooks/router-refuses-to-start.md");
        }
        var left = new AtomicLong();
        log.read(
                partition,
                place,
                (records, next) -> records.forEach(record -> {
                    if (counts(record)) {
                        left.incrementAndGet();
                    }
                }));
        if (left.get() > 0) {
            throw new ReplayException("application " + application + " has not done " + left + " records of "
                    + partition + ": let the router run without edges until it has");
        }
    }

    private boolean counts(ConsumerRecord<byte[], byte[]> record) {
        if (!record.topic().equals(TopicCatalogue.USER_COMMANDS.name()) || record.value() == null) {
            return true;
        }
        try {
            var command = userCommands.deserialize(record.topic(), record.value());
            return command == null || !OF_SESSIONS.contains(command.getType());
        } catch (PoisonRecordException e) {
            return true; // for the router to say, which makes a dead letter of it
        }
    }
}
