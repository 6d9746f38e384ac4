package io.millrace.example.analytics;

import io.millrace.example.analytics.record.Minute;
import io.millrace.example.analytics.record.Tail;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Counts messages, and remembers those whose receipts may come. */
final class MessageProcessor implements Processor<String, ConversationEvent, String, Minute> {
    private ProcessorContext<String, Minute> context;
    private KeyValueStore<String, Tail> tails;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    MessageProcessor() {}

    @Override
    public void init(ProcessorContext<String, Minute> context) {
        this.context = context;
        this.tails = context.getStateStore(AnalyticsTopology.TAILS);
    }

    @Override
    public void process(Record<String, ConversationEvent> record) {
        var event = record.value();
        if (event.getKind() == EventKind.MESSAGE) {
            forward(record, Minutes.message(event.getAt(), event.getConversation()));
        }
        var step = Tails.event(tails.get(event.getConversation()), event);
        tails.put(event.getConversation(), step.after());
        step.deliveries().forEach(delivery -> forward(record, delivery));
    }

    private void forward(Record<String, ConversationEvent> record, Minute minute) {
        context.forward(record.withKey(Minutes.keyOf(minute)).withValue(minute));
    }
}
