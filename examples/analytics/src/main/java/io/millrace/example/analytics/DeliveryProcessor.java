package io.millrace.example.analytics;

import io.millrace.example.analytics.record.Minute;
import io.millrace.example.analytics.record.Tail;
import io.millrace.schemas.record.Receipt;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Finds the messages that a receipt says to be delivered. */
final class DeliveryProcessor implements Processor<String, Receipt, String, Minute> {
    private ProcessorContext<String, Minute> context;
    private KeyValueStore<String, Tail> tails;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    DeliveryProcessor() {}

    @Override
    public void init(ProcessorContext<String, Minute> context) {
        this.context = context;
        this.tails = context.getStateStore(AnalyticsTopology.TAILS);
    }

    @Override
    public void process(Record<String, Receipt> record) {
        var receipt = record.value();
        if (receipt == null || receipt.getDelivered() == 0) {
            return; // what is read says when it was read, and not when it came
        }
        var step = Tails.receipt(tails.get(receipt.getConversation()), receipt);
        tails.put(receipt.getConversation(), step.after());
        step.deliveries()
                .forEach(minute ->
                        context.forward(record.withKey(Minutes.keyOf(minute)).withValue(minute)));
    }
}
