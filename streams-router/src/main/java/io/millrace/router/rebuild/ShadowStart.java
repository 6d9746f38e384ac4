package io.millrace.router.rebuild;

import io.millrace.router.RouterConfig;
import io.millrace.router.runtime.LogNames;
import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.topic.EpochRecord;
import io.millrace.schemas.topic.PartitionCounts;
import io.millrace.schemas.topic.Shadow;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import io.millrace.service.kafka.GroupProgress;
import io.millrace.service.lifecycle.RefusedToStartException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a shadow its topics, its state and its place. One instant parts the live input: what came of the commands before it
 * is folded into the shadow's changelogs, as a rebuild of the live state would, and the shadow goes on with the first
 * command after it. Both are exact, because what comes of a command carries the command's own time, and lies in the order
 * of the commands. The record of the shadow's epoch is written last: a start that was cut off begins again.
 *
 * @see <a href="../../../../../../../../docs/adr/0023-a-shadow-decides-the-live-input-again.md">ADR 23</a>
 */
public final class ShadowStart {
    private static final Logger LOGGER = LoggerFactory.getLogger(ShadowStart.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration KEPT = Duration.ofDays(7);

    private final RouterConfig config;
    private final Shadow shadow;
    private final LogNames names;
    private final Clock clock;

    public ShadowStart(RouterConfig config, Shadow shadow, Clock clock) {
        this.config = config;
        this.shadow = shadow;
        this.names = LogNames.of(shadow);
        this.clock = clock;
    }

    /**
     * Does nothing where the shadow has begun already.
     *
     * @param live the epoch of the live log
     * @throws RefusedToStartException if it began on another numbering, a member of it runs, or the live router does not
     *     decide what was asked before the instant
     */
    public void ensureBegun(Epoch live) throws InterruptedException, IOException {
        var begun = EpochRecord.read(
                config.kafka().client(), config.kafka().serdes().deserializer(Epoch.class), shadow.epochTopic());
        if (begun.isEmpty()) {
            begin(live);
        } else if (!begun.get().getEpoch().equals(live.getEpoch())) {
            throw new RefusedToStartException("shadow " + shadow.name() + " began on numbering "
                    + begun.get().getEpoch() + ", the log has " + live.getEpoch()
                    + " now: drop it (./millrace replay shadow drop " + shadow.name() + ")");
        }
    }

    private void begin(Epoch live) throws InterruptedException, IOException {
        var from = clock.instant().minus(config.shadow().since()).truncatedTo(ChronoUnit.MILLIS);
        LocalState.delete(config, names);
        try (var admin = Admin.create(config.kafka().client())) {
            var changelogs = new Changelogs(admin);
            for (var application : shadow.applications()) {
                changelogs.requireStopped(application, config.sessionTimeout().multipliedBy(2));
            }
            makeTopics(admin, changelogs, live);
            var places = places(admin, from, live);
            awaitLive(places, live);
            var ends = ends(admin, from, live);
            long written = new FoldedState(config, names, before(from, ends)).write(live, new Outcomes());
            commit(admin, places, live);
            writeEpoch(live, from);
            LOGGER.atInfo()
                    .addKeyValue("shadow", shadow.name())
                    .addKeyValue("from", from)
                    .addKeyValue("records", written)
                    .log("shadow begins");
        } catch (ExecutionException e) {
            throw new KafkaException("shadow " + shadow.name() + " cannot begin: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new RefusedToStartException("the live router has not decided within " + PATIENCE.toSeconds()
                    + " s what was asked before " + from + ", in " + e.getMessage() + "; is it running?");
        }
    }

    private void makeTopics(Admin admin, Changelogs changelogs, Epoch live)
            throws InterruptedException, ExecutionException {
        admin.deleteTopics(admin.listTopics().names().get().stream()
                        .filter(shadow::owns)
                        .toList())
                .all()
                .get();
        short replicas = (short) config.replicationFactor();
        var counts = new PartitionCounts(live.getConversationPartitions(), live.getUserPartitions(), live.getLanes());
        var topics = new ArrayList<NewTopic>();
        for (var output : Shadow.OUTPUTS) {
            topics.add(new NewTopic(shadow.topic(output), output.partitions(counts), replicas)
                    .configs(settings(output, KEPT.toMillis())));
        }
        topics.add(new NewTopic(shadow.epochTopic(), 1, replicas).configs(settings(TopicCatalogue.EPOCHS, -1)));
        changelogs.create(topics);
        changelogs.makeEmpty(names, live, replicas);
    }

    private Map<String, String> settings(TopicSpec<?> live, long retentionMs) {
        var settings = new HashMap<>(live.settings());
        settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retentionMs));
        settings.put(
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(Math.max(1, config.replicationFactor() - 1)));
        return settings;
    }

    /** Where the shadow goes on in the live input. */
    private static Map<TopicPartition, Long> places(Admin admin, Instant from, Epoch live)
            throws InterruptedException, ExecutionException {
        var input = new ArrayList<>(partitions(TopicCatalogue.COMMANDS, live.getConversationPartitions()));
        input.addAll(partitions(TopicCatalogue.USER_COMMANDS, live.getUserPartitions()));
        var ends = offsets(admin, input, OffsetSpec.latest());
        return since(admin, from, ends);
    }

    /** Returns when all that was asked before these places has come to its end, and can be read. */
    private void awaitLive(Map<TopicPartition, Long> places, Epoch live) throws InterruptedException, TimeoutException {
        var progress = new GroupProgress(config.kafka(), PATIENCE);
        var commands = new HashMap<>(places);
        commands.keySet().removeIf(each -> !each.topic().equals(TopicCatalogue.COMMANDS.name()));
        progress.await(TopicCatalogue.CONVERSATIONS_APP, commands);
        var users = new HashMap<>(places);
        users.keySet().removeAll(commands.keySet());
        users.putAll(progress.settled(partitions(TopicCatalogue.INBOX, live.getUserPartitions())));
        progress.await(TopicCatalogue.USERS_APP, users);
    }

    /** Where the outcomes of what was asked before the instant end. */
    private Map<TopicPartition, Long> ends(Admin admin, Instant from, Epoch live)
            throws InterruptedException, ExecutionException, TimeoutException {
        var progress = new GroupProgress(config.kafka(), PATIENCE);
        var decided = new ArrayList<>(partitions(TopicCatalogue.CONVERSATION_EVENTS, live.getConversationPartitions()));
        decided.addAll(partitions(TopicCatalogue.REJECTIONS, live.getConversationPartitions()));
        var ends = since(admin, from, progress.settled(decided));
        // Timelines take from many conversations and from their users, and so are not in the order of time.
        ends.putAll(progress.settled(partitions(TopicCatalogue.TIMELINE_ENTRIES, live.getUserPartitions())));
        return ends;
    }

    private static Extent before(Instant from, Map<TopicPartition, Long> ends) {
        return new Extent() {
            @Override
            public long end(TopicPartition partition) {
                return ends.getOrDefault(partition, 0L);
            }

            @Override
            public boolean takes(TimelineEntry entry) {
                return entry.getAt().isBefore(from);
            }
        };
    }

    /** Streams never resets an offset of these sources; the shadow's own inbox is read from its beginning. */
    private void commit(Admin admin, Map<TopicPartition, Long> places, Epoch live)
            throws InterruptedException, ExecutionException {
        var conversations = new HashMap<TopicPartition, OffsetAndMetadata>();
        var users = new HashMap<TopicPartition, OffsetAndMetadata>();
        places.forEach((partition, offset) -> (partition.topic().equals(TopicCatalogue.COMMANDS.name())
                        ? conversations
                        : users)
                .put(partition, new OffsetAndMetadata(offset)));
        for (int p = 0; p < live.getUserPartitions(); p++) {
            users.put(new TopicPartition(shadow.topic(TopicCatalogue.INBOX), p), new OffsetAndMetadata(0));
        }
        admin.alterConsumerGroupOffsets(names.application(TopicCatalogue.CONVERSATIONS_APP), conversations)
                .all()
                .get();
        admin.alterConsumerGroupOffsets(names.application(TopicCatalogue.USERS_APP), users)
                .all()
                .get();
    }

    private void writeEpoch(Epoch live, Instant from) throws InterruptedException, ExecutionException {
        var epoch = Epoch.newBuilder(live).setCreatedAt(from).build();
        var serializer = config.kafka().serdes().serializer(Epoch.class);
        try (var producer = new KafkaProducer<>(config.kafka().producer(), new StringSerializer(), serializer)) {
            producer.send(new ProducerRecord<>(shadow.epochTopic(), EpochRecord.KEY, epoch))
                    .get();
        }
    }

    private static List<TopicPartition> partitions(TopicSpec<?> topic, int count) {
        return IntStream.range(0, count)
                .mapToObj(p -> new TopicPartition(topic.name(), p))
                .toList();
    }

    /** Offsets of the first records that are not older; where there is none, these ends. */
    private static Map<TopicPartition, Long> since(Admin admin, Instant from, Map<TopicPartition, Long> ends)
            throws InterruptedException, ExecutionException {
        var found = offsets(admin, ends.keySet(), OffsetSpec.forTimestamp(from.toEpochMilli()));
        found.replaceAll((partition, offset) -> offset < 0 ? ends.getOrDefault(partition, 0L) : offset);
        return found;
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, Iterable<TopicPartition> partitions, OffsetSpec which)
            throws InterruptedException, ExecutionException {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(each -> asked.put(each, which));
        var offsets = new HashMap<TopicPartition, Long>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> found :
                admin.listOffsets(asked).all().get().entrySet()) {
            offsets.put(found.getKey(), found.getValue().offset());
        }
        return offsets;
    }
}
