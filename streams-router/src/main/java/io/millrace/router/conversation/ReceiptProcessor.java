package io.millrace.router.conversation;

import io.millrace.router.runtime.StageStore;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.Signal;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Tells the other members of a direct conversation or a small group how far one of them is. Writes no state. */
final class ReceiptProcessor implements Processor<String, Receipt, String, Signal> {
    private final int mostMembers;
    private final SignalFanOut fanOut;
    private final StageStore store;
    private ProcessorContext<String, Signal> context;
    private ConversationStateStore states;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    ReceiptProcessor(int mostMembers, SignalFanOut fanOut, StageStore store) {
        this.store = store;
        this.mostMembers = mostMembers;
        this.fanOut = fanOut;
    }

    @Override
    public void init(ProcessorContext<String, Signal> context) {
        this.context = context;
        this.states = new ConversationStateStore(context, store);
    }

    @Override
    public void process(Record<String, Receipt> record) {
        var receipt = record.value();
        if (receipt == null || (receipt.getDelivered() == 0 && receipt.getRead() == 0)) {
            return; // nothing is said
        }
        var id = receipt.getConversation();
        var view = states.view(id, states.counters(id));
        var listeners = CommandRules.listeners(receipt.getUser(), id, view, mostMembers, false, record.timestamp());
        for (var signal : fanOut.receipt(listeners, receipt)) {
            context.forward(record.withKey(id).withValue(signal), ConversationStores.WRITE_SIGNALS);
        }
    }
}
