package io.millrace.edge.lane;

import io.millrace.schemas.record.Delivery;

/** Takes what the lane brings for this life, in the lane's order, on the lane's thread; must not block. */
@FunctionalInterface
public interface DeliverySink {
    void onDelivery(Delivery delivery);
}
