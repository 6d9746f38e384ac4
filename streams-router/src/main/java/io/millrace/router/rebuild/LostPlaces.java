package io.millrace.router.rebuild;

import io.millrace.router.runtime.LogNames;
import io.millrace.router.runtime.Places;
import io.millrace.router.runtime.Places.Place;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.kafka.KafkaClientConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds committed offsets that are lost: a source goes on behind the last record whose outcome the public topics have. An
 * offset at which its application can go on is left alone. Every router is stopped meanwhile.
 */
final class LostPlaces {
    private static final Logger LOGGER = LoggerFactory.getLogger(LostPlaces.class);

    private final Admin admin;
    private final KafkaClientConfig kafka;
    private final Outcomes outcomes;

    LostPlaces(Admin admin, KafkaClientConfig kafka, Outcomes outcomes) {
        this.admin = admin;
        this.kafka = kafka;
        this.outcomes = outcomes;
    }

    void find() throws InterruptedException, ExecutionException {
        var found = new HashMap<String, Map<TopicPartition, OffsetAndMetadata>>();
        for (var place : new Places(admin, LogNames.live()).lost()) {
            long offset = offset(place);
            LOGGER.atWarn()
                    .addKeyValue("application", place.application())
                    .addKeyValue("partition", place.partition())
                    .addKeyValue("committed", place.committed())
                    .addKeyValue("offset", offset)
                    .log("place found");
            found.computeIfAbsent(place.application(), application -> new HashMap<>())
                    .put(place.partition(), new OffsetAndMetadata(offset)); // Streams reads its own metadata there
        }
        for (var offsets : found.entrySet()) {
            admin.alterConsumerGroupOffsets(offsets.getKey(), offsets.getValue())
                    .all()
                    .get();
        }
    }

    private long offset(Place place) throws InterruptedException, ExecutionException {
        int partition = place.partition().partition();
        if (place.partition().topic().equals(TopicCatalogue.COMMANDS.name())) {
            return since(place, outcomes.lastCommandAt(partition));
        }
        return place.partition().topic().equals(TopicCatalogue.USER_COMMANDS.name())
                ? since(place, outcomes.lastUserCommandAt(partition))
                : behindTheLastNumbered(place);
    }

    /** Offset of the first record that is not older. */
    private long since(Place place, long atMs) throws InterruptedException, ExecutionException {
        if (atMs == 0) {
            return place.begin();
        }
        long found = admin.listOffsets(Map.of(place.partition(), OffsetSpec.forTimestamp(atMs)))
                .partitionResult(place.partition())
                .get()
                .offset();
        return found < 0 ? place.end() : found;
    }

    private long behindTheLastNumbered(Place place) {
        var serdes = kafka.serdes();
        var next = new long[] {place.begin()};
        new PartitionReader(kafka.consumer())
                .readRecords(
                        place.partition().topic(),
                        place.partition().partition(),
                        serdes.deserializer(TopicCatalogue.INBOX.value()),
                        record -> {
                            if (outcomes.isNumbered(record.value())) {
                                next[0] = record.offset() + 1;
                            }
                        });
        return next[0];
    }
}
