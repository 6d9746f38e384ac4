package io.millrace.timeline.replay;

import io.millrace.schemas.record.ActKind;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.OperatorAct;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import io.millrace.service.kafka.KafkaClientConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes an export into another log, all of it or nothing, in one transaction. The router must not run: it numbers
 * conversations by what it remembers, and has to learn of these from the log before it goes on.
 */
final class SliceImport {
    /** What brokers allow at most unless told otherwise; a transaction that takes longer is aborted. */
    static final Duration LONGEST = Duration.ofMinutes(15);

    private final KafkaClientConfig kafka;
    private final ReplayLog log;
    private final SliceReader slice;
    private final Supplier<IdRewrite> ids;

    /** @param ids gives the same ids whenever it is asked */
    SliceImport(KafkaClientConfig kafka, ReplayLog log, SliceReader slice, Supplier<IdRewrite> ids) {
        this.kafka = kafka;
        this.log = log;
        this.slice = slice;
        this.ids = ids;
    }

    /** @throws ReplayException with the reason why nothing was written */
    SliceFold run(OperatorHand hand, Function<SliceFold, OperatorAct> act) throws InterruptedException {
        var fold = new SliceFold(ids.get(), log.epoch());
        pour(fold, record -> {});
        refuseRunningRouter();
        refusePresent(TopicCatalogue.CONVERSATION_EVENTS, fold.conversations());
        refusePresent(TopicCatalogue.TIMELINE_ENTRIES, fold.users());
        hand.stream(act.apply(fold), out -> {
            pour(new SliceFold(ids.get(), log.epoch()), out);
            refuseRunningRouter();
        });
        return fold;
    }

    private void pour(SliceFold fold, Consumer<ProducerRecord<byte[], byte[]>> out) {
        var events = new Outlet<>(TopicCatalogue.CONVERSATION_EVENTS);
        slice.forEach(TopicCatalogue.CONVERSATION_EVENTS, event -> {
            ConversationEvent next = fold.next(event);
            out.accept(events.record(
                    next.getConversation(), next.getConversation(), next.getAt().toEpochMilli(), next));
        });
        var entries = new Outlet<>(TopicCatalogue.TIMELINE_ENTRIES);
        slice.forEach(TopicCatalogue.TIMELINE_ENTRIES, entry -> {
            TimelineEntry next = fold.next(entry);
            out.accept(entries.record(next.getUser(), next.getUser(), next.getStamp() / 1000, next));
        });
        var receipts = new Outlet<>(TopicCatalogue.RECEIPTS);
        slice.forEach(TopicCatalogue.RECEIPTS, receipt -> {
            Receipt next = fold.next(receipt);
            var owner = next.getConversation();
            out.accept(receipts.record(
                    owner + ' ' + next.getUser(), owner, next.getAt().toEpochMilli(), next));
        });
    }

    /** Into one topic. */
    private final class Outlet<T extends SpecificRecord> {
        private final String topic;
        private final Serializer<T> serializer;
        private final int partitions;

        Outlet(TopicSpec<T> topic) {
            this.topic = topic.name();
            this.serializer = log.serdes().serializer(topic.value());
            this.partitions = log.partitionsOf(topic.name()).size();
        }

        ProducerRecord<byte[], byte[]> record(String key, String owner, long atMs, T value) {
            return new ProducerRecord<>(
                    topic,
                    Sources.partition(owner, partitions),
                    atMs,
                    key.getBytes(StandardCharsets.UTF_8),
                    serializer.serialize(topic, value));
        }
    }

    private void refusePresent(TopicSpec<?> topic, Set<String> keys) throws InterruptedException {
        var found = new TreeSet<String>();
        var partitions = log.partitionsOf(topic.name());
        for (var partition : partitions) {
            if (keys.stream().anyMatch(key -> Sources.partition(key, partitions.size()) == partition.partition())) {
                try (var reader = log.reader(partition, 0)) {
                    reader.readTo(
                            reader.end(),
                            (records, next) -> records.forEach(record -> {
                                if (record.key() != null && keys.contains(record.key())) {
                                    found.add(record.key());
                                }
                            }));
                }
            }
        }
        if (!found.isEmpty()) {
            throw new ReplayException(topic.name() + " already has " + found.first()
                    + (found.size() == 1 ? "" : " and " + (found.size() - 1) + " more")
                    + "; nothing was written. --prefix or --map give other ids");
        }
    }

    private void refuseRunningRouter() throws InterruptedException {
        try (var admin = Admin.create(kafka.client())) {
            for (var group : List.of(TopicCatalogue.CONVERSATIONS_APP, TopicCatalogue.USERS_APP)) {
                if (ConsumerGroups.hasMembers(admin, group)) {
                    throw new ReplayException("the router runs, or was killed less than a minute ago: stop it first;"
                            + " nothing was written");
                }
            }
        }
    }

    /** What the audit says. */
    static OperatorAct act(ActOptions who, String digest, SliceManifest manifest, SliceFold fold) {
        return who.act(
                ActKind.IMPORTED,
                digest,
                "of epoch " + manifest.epoch() + ", records by topic: " + manifest.counts() + "; "
                        + fold.conversations().size() + " conversations, "
                        + fold.users().size() + " timelines");
    }
}
