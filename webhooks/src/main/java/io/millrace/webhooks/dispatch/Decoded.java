package io.millrace.webhooks.dispatch;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.serde.PoisonRecordException;
import io.millrace.webhooks.delivery.Letter;
import io.millrace.webhooks.subscriber.EventFilter;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes of a record of the log what the subscriber is to get. */
final class Decoded {
    private static final Logger LOGGER = LoggerFactory.getLogger(Decoded.class);

    private final Deserializer<ConversationEvent> deserializer;
    private final EventFilter filter;

    Decoded(Deserializer<ConversationEvent> deserializer, EventFilter filter) {
        this.deserializer = deserializer;
        this.filter = filter;
    }

    /**
     * Empty if it is nothing for this subscriber. What cannot be read is taken for something: nobody can say that it is
     * not.
     *
     * @throws io.millrace.schemas.serde.RegistryUnavailableException to be tried again
     */
    Optional<Pending> of(ConsumerRecord<String, byte[]> record) {
        var conversation = record.key() == null ? "" : record.key();
        if (!conversation.isEmpty() && !filter.wants(conversation)) {
            return Optional.empty();
        }
        var event = record.value() == null ? null : event(record);
        if (event != null && !conversation.isEmpty()) {
            return filter.wants(event)
                    ? Optional.of(pending(record, conversation, Optional.of(new Letter(event))))
                    : Optional.empty();
        }
        LOGGER.atError()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .log("record.unreadable");
        return Optional.of(pending(record, conversation, Optional.empty()));
    }

    private @Nullable ConversationEvent event(ConsumerRecord<String, byte[]> record) {
        try {
            return deserializer.deserialize(record.topic(), record.value());
        } catch (PoisonRecordException e) {
            return null;
        }
    }

    private static Pending pending(
            ConsumerRecord<String, byte[]> record, String conversation, Optional<Letter> letter) {
        return new Pending(
                new TopicPartition(record.topic(), record.partition()),
                record.offset(),
                conversation,
                record.timestamp(),
                letter.orElse(null));
    }
}
