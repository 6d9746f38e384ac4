package io.millrace.router.rebuild;

import io.millrace.router.RouterConfig;
import io.millrace.router.conversation.ConversationFold;
import io.millrace.router.conversation.ConversationStores;
import io.millrace.router.runtime.StartGuards;
import io.millrace.router.user.UserFold;
import io.millrace.router.user.UserStores;
import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes every changelog again from conversation-events, rejections and timeline-entries, with the router stopped, and
 * finds committed offsets that are lost. The counters of all partitions come late: a rebuild that was cut off leaves
 * them empty or an offset missing, and the router refuses to start on that. Afterwards numbers, hashes and the answers to
 * retries go on as before; edges are fenced and start a new life.
 */
public final class StateRebuild {
    private static final Logger LOGGER = LoggerFactory.getLogger(StateRebuild.class);
    private static final List<String> CONVERSATION_STORES = List.of(
            ConversationStores.DEDUP,
            ConversationStores.CONVERSATIONS,
            ConversationStores.MEMBERS,
            ConversationStores.MESSAGES,
            ConversationStores.SCHEDULED,
            ConversationStores.SCHEDULED_BY_TIME);
    private static final List<String> USER_STORES = List.of(
            UserStores.TIMELINES,
            UserStores.USER_CONVERSATIONS,
            UserStores.SESSIONS,
            UserStores.EDGES,
            UserStores.EDGE_SESSIONS,
            UserStores.EDGE_CLOCK,
            UserStores.DEVICE_CURSORS,
            UserStores.UNDELIVERED,
            UserStores.PRESENCE,
            UserStores.LEAVING);

    private final RouterConfig config;
    private final PartitionReader reader;

    public StateRebuild(RouterConfig config) {
        this.config = config;
        this.reader = new PartitionReader(config.kafka().consumer());
    }

    /** Returns the number of changelog records written. */
    public long run() throws InterruptedException, IOException {
        Epoch epoch;
        try (var admin = Admin.create(config.kafka().client())) {
            epoch = StartGuards.checkedEpoch(config.kafka(), admin);
            var changelogs = new Changelogs(admin);
            var missedWithin = config.sessionTimeout().multipliedBy(2);
            changelogs.requireStopped(TopicCatalogue.CONVERSATIONS_APP, missedWithin);
            changelogs.requireStopped(TopicCatalogue.USERS_APP, missedWithin);
            short replicas = (short) config.replicationFactor();
            changelogs.makeEmpty(
                    TopicCatalogue.CONVERSATIONS_APP, CONVERSATION_STORES, epoch.getConversationPartitions(), replicas);
            changelogs.makeEmpty(TopicCatalogue.USERS_APP, USER_STORES, epoch.getUserPartitions(), replicas);
        } catch (ExecutionException e) {
            throw new KafkaException("the changelogs could not be made again: " + e.getCause(), e.getCause());
        }
        deleteLocalState();
        var outcomes = new Outcomes();
        long written = rebuildConversations(epoch.getConversationPartitions(), outcomes)
                + rebuildUsers(epoch.getUserPartitions(), outcomes);
        try (var admin = Admin.create(config.kafka().client())) {
            new LostPlaces(admin, config.kafka(), outcomes).find();
        } catch (ExecutionException e) {
            throw new KafkaException("lost offsets could not be found: " + e.getCause(), e.getCause());
        }
        return written;
    }

    private long rebuildConversations(int partitions, Outcomes outcomes) {
        var serdes = config.kafka().serdes();
        var events = serdes.deserializer(TopicCatalogue.CONVERSATION_EVENTS.value());
        var rejections = serdes.deserializer(TopicCatalogue.REJECTIONS.value());
        var folds = new ArrayList<ConversationFold>();
        try (var writer = new ChangelogWriter(
                TopicCatalogue.CONVERSATIONS_APP, config.kafka().producer(), serdes)) {
            for (int p = 0; p < partitions; p++) {
                int partition = p;
                var fold = new ConversationFold(config.dedupWindow());
                reader.read(TopicCatalogue.CONVERSATION_EVENTS.name(), p, events, fold::apply);
                reader.read(TopicCatalogue.REJECTIONS.name(), p, rejections, fold::apply);
                fold.forEachDetail(record -> writer.write(partition, record));
                fold.dropDetails();
                outcomes.ofCommands(p, fold.lastDecidedAt());
                folds.add(fold);
            }
            writer.commit();
            for (int p = 0; p < partitions; p++) {
                int partition = p;
                folds.get(p).forEachCounter(record -> writer.write(partition, record));
            }
            writer.commit();
            LOGGER.atInfo().addKeyValue("records", writer.written()).log("state of conversations rebuilt");
            return writer.written();
        }
    }

    private long rebuildUsers(int partitions, Outcomes outcomes) {
        var serdes = config.kafka().serdes();
        var entries = serdes.deserializer(TopicCatalogue.TIMELINE_ENTRIES.value());
        var folds = new ArrayList<UserFold>();
        try (var writer =
                new ChangelogWriter(TopicCatalogue.USERS_APP, config.kafka().producer(), serdes)) {
            for (int p = 0; p < partitions; p++) {
                int partition = p;
                var fold = new UserFold();
                reader.read(TopicCatalogue.TIMELINE_ENTRIES.name(), p, entries, entry -> {
                    fold.apply(entry);
                    outcomes.ofTimelines(partition, entry);
                });
                fold.forEachDetail(record -> writer.write(partition, record));
                fold.dropDetails();
                folds.add(fold);
            }
            writer.commit();
            for (int p = 0; p < partitions; p++) {
                int partition = p;
                folds.get(p).forEachCounter(record -> writer.write(partition, record));
            }
            writer.commit();
            LOGGER.atInfo().addKeyValue("records", writer.written()).log("state of users rebuilt");
            return writer.written();
        }
    }

    private void deleteLocalState() throws IOException {
        for (var application : List.of(TopicCatalogue.CONVERSATIONS_APP, TopicCatalogue.USERS_APP)) {
            var directory = Path.of(config.stateDir()).resolve(application);
            if (Files.exists(directory)) {
                try (var files = Files.walk(directory)) {
                    for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }
}
