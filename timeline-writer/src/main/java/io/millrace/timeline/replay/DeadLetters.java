package io.millrace.timeline.replay;

import io.millrace.schemas.record.ActKind;
import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.record.OperatorAct;
import io.millrace.schemas.topic.TopicCatalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** The dead letters that are still kept, and what was done with each. */
final class DeadLetters {
    private static final List<String> TOPICS =
            List.of(TopicCatalogue.COMMANDS_DEAD_LETTERS.name(), TopicCatalogue.USER_COMMANDS_DEAD_LETTERS.name());

    private final ReplayLog log;
    private final Deserializer<DeadLetter> deserializer;
    private final Map<String, OperatorAct> handled = new HashMap<>();

    private DeadLetters(ReplayLog log) {
        this.log = log;
        this.deserializer = log.serdes().deserializer(DeadLetter.class);
    }

    /** As the audit tells now. */
    static DeadLetters of(ReplayLog log) throws InterruptedException {
        var letters = new DeadLetters(log);
        for (var act : AuditLog.read(log)) {
            if (act.getAct() == ActKind.DEAD_LETTER_REPLAYED || act.getAct() == ActKind.DEAD_LETTER_DROPPED) {
                letters.handled.put(act.getSubject(), act);
            }
            if (act.getAct() == ActKind.RESHARDED) {
                letters.forget(act.getSubject());
            }
        }
        return letters;
    }

    /** The topics of these partitions were made anew, empty, so the names of their letters mean others from then on. */
    private void forget(String partitions) {
        TopicCatalogue.ALL.stream()
                .filter(topic -> ReshardPlan.subject(topic.partitioning()).equals(partitions))
                .forEach(topic -> handled.keySet().removeIf(name -> name.startsWith(topic.name() + ':')));
    }

    /**
     * A letter.
     *
     * @param handled the last that was done with it; null while nothing was
     */
    record Found(
            LetterName name, DeadLetter letter, @Nullable OperatorAct handled) {}

    /** Takes a letter. */
    interface Taker {
        void take(Found found) throws InterruptedException;
    }

    /** Every letter, by topic, partition and offset. */
    void forEach(Taker taker) throws InterruptedException {
        for (var topic : TOPICS) {
            for (var partition : log.partitionsOf(topic)) {
                try (var reader = log.reader(partition, 0)) {
                    reader.readTo(reader.end(), (records, next) -> {
                        for (var record : records) {
                            taker.take(found(record));
                        }
                    });
                }
            }
        }
    }

    /** Empty if there is none of that name, or not any more. */
    Optional<Found> find(LetterName name) throws InterruptedException {
        var partitions = log.partitionsOf(name.topic());
        if (!partitions.contains(name.place())
                || name.offset() < log.beginnings(List.of(name.place())).getOrDefault(name.place(), 0L)) {
            return Optional.empty();
        }
        var found = new AtomicReference<Found>();
        try (var reader = log.reader(name.place(), name.offset())) {
            long behind = Math.min(name.offset() + 1, reader.end());
            reader.readTo(behind, (records, next) -> records.forEach(record -> found.set(found(record))));
        }
        return Optional.ofNullable(found.get());
    }

    private Found found(ConsumerRecord<String, byte[]> record) {
        var name = new LetterName(record.topic(), record.partition(), record.offset());
        return new Found(name, deserializer.deserialize(record.topic(), record.value()), handled.get(name.toString()));
    }
}
