package io.millrace.router.rebuild;

import io.millrace.router.RouterConfig;
import io.millrace.router.conversation.ConversationFold;
import io.millrace.router.runtime.LogNames;
import io.millrace.router.user.UserFold;
import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows from conversation-events, rejections and timeline-entries, written as changelogs. */
final class FoldedState {
    private static final Logger LOGGER = LoggerFactory.getLogger(FoldedState.class);

    private final RouterConfig config;
    private final LogNames names;
    private final Extent extent;
    private final PartitionReader reader;

    /**
     * @param names whose changelogs are written
     * @param extent how much of the live topics is taken
     */
    FoldedState(RouterConfig config, LogNames names, Extent extent) {
        this.config = config;
        this.names = names;
        this.extent = extent;
        this.reader = new PartitionReader(config.kafka().consumer());
    }

    /** Returns the number of changelog records written. */
    long write(Epoch epoch, Outcomes outcomes) {
        return writeConversations(epoch.getConversationPartitions(), outcomes)
                + writeUsers(epoch.getUserPartitions(), outcomes);
    }

    private long writeConversations(int partitions, Outcomes outcomes) {
        try (var writer = writer(TopicCatalogue.CONVERSATIONS_APP)) {
            for (int p = 0; p < partitions; p++) {
                int partition = p;
                var fold = new ConversationFold(config.dedupWindow());
                read(TopicCatalogue.CONVERSATION_EVENTS, p, fold::apply);
                read(TopicCatalogue.REJECTIONS, p, fold::apply);
                fold.forEach(record -> writer.write(partition, record));
                outcomes.ofCommands(p, fold.lastDecidedAt());
            }
            writer.commit();
            LOGGER.atInfo().addKeyValue("records", writer.written()).log("state of conversations rebuilt");
            return writer.written();
        }
    }

    private long writeUsers(int partitions, Outcomes outcomes) {
        try (var writer = writer(TopicCatalogue.USERS_APP)) {
            for (int p = 0; p < partitions; p++) {
                int partition = p;
                var fold = new UserFold();
                read(TopicCatalogue.TIMELINE_ENTRIES, p, entry -> {
                    if (extent.takes(entry)) {
                        fold.apply(entry);
                        outcomes.ofTimelines(partition, entry);
                    }
                });
                fold.forEach(record -> writer.write(partition, record));
            }
            writer.commit();
            LOGGER.atInfo().addKeyValue("records", writer.written()).log("state of users rebuilt");
            return writer.written();
        }
    }

    private ChangelogWriter writer(String stage) {
        return new ChangelogWriter(
                names.application(stage),
                config.kafka().producer(),
                config.kafka().serdes());
    }

    private <T extends SpecificRecord> void read(TopicSpec<T> topic, int partition, Consumer<T> to) {
        reader.readRecords(
                topic.name(),
                partition,
                extent.end(new TopicPartition(topic.name(), partition)),
                config.kafka().serdes().deserializer(topic.value()),
                record -> to.accept(record.value()));
    }
}
