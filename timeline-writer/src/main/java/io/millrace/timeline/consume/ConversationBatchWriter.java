package io.millrace.timeline.consume;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.timeline.cassandra.ConversationWrites;
import io.millrace.timeline.conversation.ConversationHead;
import io.millrace.timeline.conversation.ConversationPlan;
import io.millrace.timeline.conversation.LoggedEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes batches of conversation-events. */
final class ConversationBatchWriter implements BatchWriter {
    private final ConversationWrites writes;
    private final Decoder<ConversationEvent> decoder;
    private final WriterMetrics metrics;
    private final Heads<ConversationHead> heads;

    ConversationBatchWriter(
            ConversationWrites writes,
            Heads<ConversationHead> heads,
            Decoder<ConversationEvent> decoder,
            WriterMetrics metrics) {
        this.writes = writes;
        this.decoder = decoder;
        this.metrics = metrics;
        this.heads = heads;
    }

    @Override
    public void write(List<ConsumerRecord<String, byte[]>> records) throws InterruptedException {
        var byConversation = Patience.until(() -> decode(records));
        var known = Patience.until(() -> heads.of(byConversation.keySet()));
        var plans = new ArrayList<ConversationPlan>();
        byConversation.forEach((conversation, logged) -> plans.add(
                ConversationPlan.of(conversation, known.getOrDefault(conversation, ConversationHead.NONE), logged)));
        writes.apply(plans);
        var topic = records.get(0).topic();
        for (var plan : plans) {
            heads.put(plan.conversation(), plan.head());
            metrics.unreadable(topic, plan.unreadable());
            metrics.brokenLinks(topic, plan.brokenLinks());
        }
    }

    private Map<String, List<LoggedEvent>> decode(List<ConsumerRecord<String, byte[]>> records) {
        var byConversation = new LinkedHashMap<String, List<LoggedEvent>>();
        for (var record : records) {
            if (record.key() == null) {
                Decoder.alarm(record, "NO_KEY");
                metrics.unreadable(record.topic(), 1);
                continue;
            }
            var event = decoder.decode(record);
            if (event != null && !event.getConversation().equals(record.key())) {
                Decoder.alarm(record, "KEY_MISMATCH");
                event = null;
            }
            byConversation
                    .computeIfAbsent(record.key(), k -> new ArrayList<>())
                    .add(new LoggedEvent(record.offset(), record.timestamp(), event));
        }
        return byConversation;
    }
}
