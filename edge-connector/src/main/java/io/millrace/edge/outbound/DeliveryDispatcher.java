package io.millrace.edge.outbound;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.edge.inbound.PendingCommands;
import io.millrace.edge.lane.DeliverySink;
import io.millrace.edge.protocol.EntryFrames.Entry;
import io.millrace.edge.protocol.ServerFrames;
import io.millrace.edge.session.SessionRegistry;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.SessionClose;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.record.Welcome;
import io.millrace.service.bodies.Bodies;
import io.millrace.service.bodies.KeysBehindException;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what the lane delivers to whom it is for, on the lane's thread and in its order. A session that is gone is
 * passed over: its device pulls.
 */
public final class DeliveryDispatcher implements DeliverySink {
    private static final Logger LOGGER = LoggerFactory.getLogger(DeliveryDispatcher.class);

    private final SessionRegistry sessions;
    private final PendingCommands pending;
    private final Bodies bodies;
    private final Clock clock;
    private final Counter strayEntries;
    private final Counter strayDecisions;
    private final Counter keysBehind;

    public DeliveryDispatcher(
            SessionRegistry sessions, PendingCommands pending, Bodies bodies, Clock clock, MeterRegistry registry) {
        this.bodies = bodies;
        this.sessions = sessions;
        this.pending = pending;
        this.clock = clock;
        this.strayEntries = Counter.builder("millrace.edge.entries.dropped")
                .description("Entries for sessions that are gone; their devices pull")
                .register(registry);
        this.keysBehind = Counter.builder("millrace.edge.entries.keyless")
                .description("Deliveries left out because the keys of bodies could not be read; their devices pull")
                .register(registry);
        this.strayDecisions = Counter.builder("millrace.edge.decisions.dropped")
                .description("Decisions that nobody waits for any more; the client asks again with its key")
                .register(registry);
    }

    @Override
    public void onDelivery(Delivery delivery) {
        try {
            bring(delivery);
        } catch (KeysBehindException e) {
            // a delivery is a hint: the device sees the gap with the next one, or when it connects, and pulls
            keysBehind.increment();
            LOGGER.atWarn().addKeyValue("kind", delivery.getKind()).log("keys behind, delivery left out");
        }
    }

    private void bring(Delivery delivery) {
        switch (delivery.getKind()) {
            case ENTRY -> onEntry(delivery);
            case DECISION -> onDecision(delivery.getDecision());
            case WELCOME -> onWelcome(delivery.getWelcome());
            case CLOSE -> onClose(delivery.getClose());
            case SIGNAL -> onSignal(delivery);
            // The first two belong to the life of the edge; a kind of a newer router concerns a newer edge.
            case PROBE, FENCED, UNKNOWN ->
                LOGGER.atDebug().addKeyValue("kind", delivery.getKind()).log("delivery not for sessions");
        }
    }

    private void onEntry(Delivery delivery) {
        var event = delivery.getEvent();
        if (event != null) {
            pending.onEntry(event.getConversation(), event.getVersion());
        }
        var shared = new SharedEntry(delivery, event == null ? null : bodies.readable(event), clock.millis());
        for (var target : delivery.getTargets()) {
            var session = sessions.byId(target.getSession());
            if (session == null) {
                strayEntries.increment();
                continue;
            }
            session.onEntry(new Entry(target, shared.of(target)));
        }
    }

    private void onSignal(Delivery delivery) {
        var frame = readable(delivery.getSignal()).flatMap(ServerFrames::signal);
        for (var target : delivery.getTargets()) {
            var session = sessions.byId(target.getSession());
            if (session != null) {
                frame.ifPresent(session::onSignal);
            }
        }
    }

    /** Empty where it says something that nobody can read any more. */
    private Optional<Signal> readable(Signal signal) {
        var keyId = signal.getBodyKey();
        return keyId == null
                ? Optional.of(signal)
                : bodies.decrypt(keyId, signal.getBody()).map(body -> Signal.newBuilder(signal)
                        .setBody(body)
                        .setBodyKey(null)
                        .build());
    }

    private void onDecision(Decision decision) {
        if (!pending.onDecision(decision, System.nanoTime())) {
            strayDecisions.increment();
        }
    }

    private void onWelcome(Welcome welcome) {
        var session = sessions.byId(welcome.getSession());
        if (session != null) {
            session.onWelcome(welcome);
        }
    }

    private void onClose(SessionClose close) {
        var session = sessions.byId(close.getSession());
        if (session != null) {
            session.onCloseOrdered(close.getCode(), close.getReason());
        }
    }
}
