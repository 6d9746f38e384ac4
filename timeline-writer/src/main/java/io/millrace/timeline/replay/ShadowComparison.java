package io.millrace.timeline.replay;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.record.Rejection;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.topic.Shadow;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import io.millrace.service.kafka.GroupProgress;
import io.millrace.service.kafka.KafkaClientConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares what the live router and a shadow made of the same commands: those from the instant at which the shadow begins
 * to the last that stand in the log when the comparison begins. Both are waited for until they have taken these.
 */
final class ShadowComparison {
    private static final long CLOCK_TICK_MS = 20;

    private final ReplayLog log;
    private final KafkaClientConfig kafka;
    private final Shadow shadow;
    private final Instant from;
    private final Duration patience;

    ShadowComparison(ReplayLog log, KafkaClientConfig kafka, Shadow shadow, Instant from, Duration patience) {
        this.log = log;
        this.kafka = kafka;
        this.shadow = shadow;
        this.from = from;
        this.patience = patience;
    }

    /**
     * What was found.
     *
     * @param liveDecisions how many there are, as of the other numbers
     * @param following entries that one side has because it alone has the event
     */
    record Result(
            List<ShadowDifference> differences,
            long liveDecisions,
            long shadowDecisions,
            long liveEntries,
            long shadowEntries,
            long following) {}

    /** @throws ReplayException if one of both does not get there */
    Result run(ProgressLine line) throws InterruptedException {
        try (var admin = Admin.create(kafka.client())) {
            var until = lastCommands(admin);
            TimeUnit.MILLISECONDS.sleep(CLOCK_TICK_MS); // so that what is written from here on is younger
            awaitBoth();
            var ends = ends();
            var begins = begins(admin, ends);
            line.begin(ends.entrySet().stream()
                    .mapToLong(end -> end.getValue() - begins.getOrDefault(end.getKey(), 0L))
                    .sum());
            return new Reading(until, begins, ends, line).all();
        } catch (ExecutionException e) {
            throw new KafkaException("the places of topics cannot be read", e.getCause());
        } catch (TimeoutException e) {
            throw new ReplayException("not everything that stands in " + e.getMessage() + " was decided by both within "
                    + patience.toSeconds() + " s; do the live router and the shadow run? Give it longer: --wait");
        }
    }

    /** Time of the youngest command by partition. */
    private Map<Integer, Long> lastCommands(Admin admin) throws InterruptedException, ExecutionException {
        var times = new HashMap<Integer, Long>();
        offsets(admin, log.partitionsOf(TopicCatalogue.COMMANDS.name()), OffsetSpec.maxTimestamp())
                .forEach((partition, found) -> times.put(partition.partition(), found.timestamp()));
        return times;
    }

    private void awaitBoth() throws InterruptedException, TimeoutException {
        var progress = new GroupProgress(kafka, patience);
        var commands = progress.settled(log.partitionsOf(TopicCatalogue.COMMANDS.name()));
        progress.await(TopicCatalogue.CONVERSATIONS_APP, commands);
        progress.await(shadow.application(TopicCatalogue.CONVERSATIONS_APP), commands);
        progress.await(TopicCatalogue.USERS_APP, progress.settled(log.partitionsOf(TopicCatalogue.INBOX.name())));
        progress.await(
                shadow.application(TopicCatalogue.USERS_APP),
                progress.settled(log.partitionsOf(shadow.topic(TopicCatalogue.INBOX))));
    }

    private Map<TopicPartition, Long> ends() throws InterruptedException, TimeoutException {
        var partitions = new ArrayList<TopicPartition>();
        for (var topic : List.of(
                TopicCatalogue.CONVERSATION_EVENTS,
                TopicCatalogue.REJECTIONS,
                TopicCatalogue.COMMANDS_DEAD_LETTERS,
                TopicCatalogue.TIMELINE_ENTRIES)) {
            partitions.addAll(log.partitionsOf(topic.name()));
            partitions.addAll(log.partitionsOf(shadow.topic(topic)));
        }
        return new GroupProgress(kafka, patience).settled(partitions);
    }

    /** Of the live topics the first records that are not older than the shadow; of its own all. */
    private Map<TopicPartition, Long> begins(Admin admin, Map<TopicPartition, Long> ends)
            throws InterruptedException, ExecutionException {
        var live = ends.keySet().stream()
                .filter(each -> !shadow.owns(each.topic()))
                .toList();
        var begins = new HashMap<TopicPartition, Long>();
        offsets(admin, live, OffsetSpec.forTimestamp(from.toEpochMilli()))
                .forEach((partition, found) ->
                        begins.put(partition, found.offset() < 0 ? ends.getOrDefault(partition, 0L) : found.offset()));
        return begins;
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Admin admin, List<TopicPartition> partitions, OffsetSpec which)
            throws InterruptedException, ExecutionException {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(each -> asked.put(each, which));
        return admin.listOffsets(asked).all().get();
    }

    /** Reads both sides, partition by partition. */
    private final class Reading {
        private final Map<Integer, Long> until;
        private final Map<TopicPartition, Long> begins;
        private final Map<TopicPartition, Long> ends;
        private final ProgressLine line;
        private final EventPairs pairs = new EventPairs();
        private final List<ShadowDifference> differences = new ArrayList<>();

        private Reading(
                Map<Integer, Long> until,
                Map<TopicPartition, Long> begins,
                Map<TopicPartition, Long> ends,
                ProgressLine line) {
            this.until = until;
            this.begins = begins;
            this.ends = ends;
            this.line = line;
        }

        private Result all() throws InterruptedException {
            long liveDecisions = 0;
            long shadowDecisions = 0;
            for (var partition : log.partitionsOf(TopicCatalogue.CONVERSATION_EVENTS.name())) {
                var decisions = decisions(partition.partition());
                liveDecisions += decisions.liveDecisions();
                shadowDecisions += decisions.shadowDecisions();
            }
            long liveEntries = 0;
            long shadowEntries = 0;
            long following = 0;
            for (var partition : log.partitionsOf(TopicCatalogue.TIMELINE_ENTRIES.name())) {
                var entries = entries(partition.partition());
                liveEntries += entries.liveEntries();
                shadowEntries += entries.shadowEntries();
                following += entries.following();
            }
            line.end();
            return new Result(differences, liveDecisions, shadowDecisions, liveEntries, shadowEntries, following);
        }

        private DecisionComparison decisions(int partition) throws InterruptedException {
            var comparison = new DecisionComparison(pairs);
            outcomes(partition, false, comparison::live);
            outcomes(partition, true, comparison::shadow);
            differences.addAll(comparison.differences());
            return comparison;
        }

        private void outcomes(int partition, boolean ofShadow, Consumer<Outcome> to) throws InterruptedException {
            long last = until.getOrDefault(partition, -1L);
            read(TopicCatalogue.CONVERSATION_EVENTS, ofShadow, partition, (ConversationEvent event) -> {
                if (event.getAt().toEpochMilli() <= last) {
                    to.accept(Outcome.of(event));
                }
            });
            read(TopicCatalogue.REJECTIONS, ofShadow, partition, (Rejection rejection) -> {
                if (rejection.getAt().toEpochMilli() <= last) {
                    to.accept(Outcome.of(rejection));
                }
            });
            read(TopicCatalogue.COMMANDS_DEAD_LETTERS, ofShadow, partition, (DeadLetter letter) -> {
                long at = letter.getTimestamp().toEpochMilli();
                if (at >= from.toEpochMilli() && at <= last) {
                    to.accept(Outcome.of(letter));
                }
            });
        }

        private EntryComparison entries(int partition) throws InterruptedException {
            var comparison = new EntryComparison(pairs);
            read(TopicCatalogue.TIMELINE_ENTRIES, false, partition, (TimelineEntry entry) -> comparison.live(entry));
            read(TopicCatalogue.TIMELINE_ENTRIES, true, partition, (TimelineEntry entry) -> comparison.shadow(entry));
            differences.addAll(comparison.differences());
            return comparison;
        }

        private <T extends SpecificRecord> void read(
                TopicSpec<T> topic, boolean ofShadow, int partition, Consumer<T> to) throws InterruptedException {
            var source = new TopicPartition(ofShadow ? shadow.topic(topic) : topic.name(), partition);
            long begin = begins.getOrDefault(source, 0L);
            long[] at = {begin};
            try (var deserializer = log.serdes().deserializer(topic.value());
                    var reader = log.reader(source, begin)) {
                reader.readTo(ends.getOrDefault(source, 0L), (records, next) -> {
                    records.forEach(record -> to.accept(deserializer.deserialize(record.topic(), record.value())));
                    line.advance(records.size(), next - at[0]);
                    at[0] = next;
                    line.print();
                });
            }
        }
    }
}
