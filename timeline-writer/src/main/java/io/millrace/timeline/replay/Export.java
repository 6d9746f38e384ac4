package io.millrace.timeline.replay;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.serde.PoisonRecordException;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Writes a slice of the log into files, as far as the log reaches when each partition is begun. */
final class Export {
    private final ReplayLog log;
    private final Asked asked;
    private final UnaryOperator<ConversationEvent> form;

    /**
     * What is asked for.
     *
     * @param closed also every conversation that stands in the timelines
     * @param since null: from the first record
     * @param until null: to the last
     */
    record Asked(
            Set<String> users,
            Set<String> conversations,
            boolean closed,
            @Nullable Instant since,
            @Nullable Instant until) {
        private boolean takes(ConsumerRecord<String, byte[]> record) {
            return (since == null || record.timestamp() >= since.toEpochMilli())
                    && (until == null || record.timestamp() < until.toEpochMilli());
        }
    }

    /** @param form what is made of each event before it is written */
    Export(ReplayLog log, Asked asked, UnaryOperator<ConversationEvent> form) {
        this.log = log;
        this.form = form;
        this.asked = asked;
    }

    /** Fills a directory that is there and empty. */
    SliceManifest into(Path directory) throws IOException, InterruptedException {
        var found = new HashSet<>(asked.conversations());
        var timelines = new Selection(asked.users(), asked.conversations(), Set.of());
        var entries =
                write(TopicCatalogue.TIMELINE_ENTRIES, timelines, directory, entry -> entry, (TimelineEntry entry) -> {
                    if (asked.closed()) {
                        found.add(entry.getConversation());
                    }
                });
        var whole = new Selection(asked.users(), found, Set.of());
        var events = write(TopicCatalogue.CONVERSATION_EVENTS, whole, directory, form, (ConversationEvent event) -> {});
        var receipts = write(TopicCatalogue.RECEIPTS, whole, directory, receipt -> receipt, (Receipt receipt) -> {});
        var slice = new SliceManifest.Slice(
                asked.users(),
                asked.closed() ? found : asked.conversations(),
                asked.since() == null ? null : asked.since().toString(),
                asked.until() == null ? null : asked.until().toString());
        return new SliceManifest(
                SliceManifest.FORMAT,
                log.epoch(),
                Clock.systemUTC().instant().toString(),
                slice,
                List.of(events, entries, receipts));
    }

    private <T extends SpecificRecord> SliceManifest.SliceFile write(
            TopicSpec<T> topic, Selection selection, Path directory, UnaryOperator<T> form, Consumer<T> seen)
            throws IOException, InterruptedException {
        try (var out = new SliceWriter<>(topic, log.serdes().deserializer(topic.value()), form, directory)) {
            for (var partition : log.partitions(selection)) {
                if (partition.topic().equals(topic.name())) {
                    try (var reader = log.reader(partition, 0)) {
                        reader.readTo(reader.end(), (records, next) -> {
                            for (var record : records) {
                                if (selection.takes(topic.name(), record.key()) && asked.takes(record)) {
                                    seen.accept(append(out, record));
                                }
                            }
                        });
                    }
                }
            }
            return out.end();
        }
    }

    private static <T extends SpecificRecord> T append(SliceWriter<T> out, ConsumerRecord<String, byte[]> record) {
        try {
            return out.write(record);
        } catch (PoisonRecordException e) {
            throw new ReplayException(
                    record.topic() + ":" + record.partition() + ":" + record.offset() + " cannot be decoded", e);
        } catch (IOException e) {
            throw new ReplayException("the export cannot be written", e);
        }
    }
}
