package io.millrace.edge.outbound;

import io.millrace.edge.protocol.EntryJson;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.DeliveryTarget;
import org.jspecify.annotations.Nullable;

/** What the sessions of one delivery are told alike, written once for each way in which it is told. */
final class SharedEntry {
    private final Delivery delivery;
    private final @Nullable ConversationEvent event;
    private final long nowMs;
    private byte @Nullable [] own;
    private byte @Nullable [] others;
    private byte @Nullable [] hidden;

    /**
     * @param event of the delivery, with its body as it can be shown
     * @param nowMs what has expired by then is told without its body
     */
    SharedEntry(Delivery delivery, @Nullable ConversationEvent event, long nowMs) {
        this.delivery = delivery;
        this.event = event;
        this.nowMs = nowMs;
    }

    byte[] of(DeliveryTarget target) {
        if (event == null || target.getUser().equals(event.getFrom())) {
            var present = own == null ? own() : own;
            own = present;
            return present;
        }
        if (target.getHidden()) {
            var present = hidden == null ? EntryJson.event(event, false, true, nowMs) : hidden;
            hidden = present;
            return present;
        }
        var present = others == null ? EntryJson.event(event, false, false, nowMs) : others;
        others = present;
        return present;
    }

    private byte[] own() {
        if (event != null) {
            return EntryJson.event(event, true, false, nowMs);
        }
        return delivery.getSettings() != null
                ? EntryJson.settings(delivery.getSettings())
                : EntryJson.read(delivery.getRead());
    }
}
