package io.millrace.edge.outbound;

import io.millrace.edge.protocol.EntryJson;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.DeliveryTarget;
import org.jspecify.annotations.Nullable;

/** What the sessions of one delivery are told alike, written once for each way in which it is told. */
final class SharedEntry {
    private final Delivery delivery;
    private byte @Nullable [] own;
    private byte @Nullable [] others;
    private byte @Nullable [] hidden;

    SharedEntry(Delivery delivery) {
        this.delivery = delivery;
    }

    byte[] of(DeliveryTarget target) {
        var event = delivery.getEvent();
        if (event == null || target.getUser().equals(event.getFrom())) {
            var present = own == null ? own() : own;
            own = present;
            return present;
        }
        if (target.getHidden()) {
            var present = hidden == null ? EntryJson.event(event, false, true) : hidden;
            hidden = present;
            return present;
        }
        var present = others == null ? EntryJson.event(event, false, false) : others;
        others = present;
        return present;
    }

    private byte[] own() {
        if (delivery.getEvent() != null) {
            return EntryJson.event(delivery.getEvent(), true, false);
        }
        return delivery.getSettings() != null
                ? EntryJson.settings(delivery.getSettings())
                : EntryJson.read(delivery.getRead());
    }
}
