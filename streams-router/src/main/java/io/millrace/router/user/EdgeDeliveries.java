package io.millrace.router.user;

import io.millrace.router.runtime.Addressee;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.DeliveryKind;
import io.millrace.schemas.record.DeliveryTarget;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.ReadCursor;
import io.millrace.schemas.record.SessionClose;
import io.millrace.schemas.record.SettingsChange;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.record.SignalKind;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.record.Welcome;
import io.millrace.schemas.state.RegisteredSession;
import io.millrace.schemas.state.UserConversation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects, for one input record, who is told what: one delivery per edge, the body once. Not thread-safe. */
final class EdgeDeliveries {
    private final Map<Addressee, List<DeliveryTarget>> targets = new LinkedHashMap<>();

    /** The sessions of the entry's user, and what the entry says to it alone. */
    void add(TimelineEntry entry, List<RegisteredSession> sessions) {
        for (var session : sessions) {
            to(session)
                    .add(new DeliveryTarget(
                            entry.getUser(),
                            session.getSession(),
                            entry.getPosition(),
                            entry.getUnread(),
                            entry.getUnreadMentions(),
                            entry.getTotalUnread(),
                            entry.getHidden(),
                            entry.getRequest()));
        }
    }

    /** Sessions that are told something that has no position. */
    void add(String user, List<RegisteredSession> sessions) {
        for (var session : sessions) {
            to(session).add(new DeliveryTarget(user, session.getSession(), 0L, 0L, 0L, 0L, false, false));
        }
    }

    private List<DeliveryTarget> to(RegisteredSession session) {
        return targets.computeIfAbsent(new Addressee(session.getEdge(), session.getLane()), a -> new ArrayList<>());
    }

    Map<Addressee, List<DeliveryTarget>> targets() {
        return targets;
    }

    static Delivery event(Addressee to, List<DeliveryTarget> targets, ConversationEvent event) {
        return delivery(to.edge(), DeliveryKind.ENTRY, targets, event, null, null, null, null, null, null, null);
    }

    static Delivery read(Addressee to, List<DeliveryTarget> targets, ReadCursor read) {
        return delivery(to.edge(), DeliveryKind.ENTRY, targets, null, read, null, null, null, null, null, null);
    }

    static Delivery settings(Addressee to, List<DeliveryTarget> targets, SettingsChange settings) {
        return delivery(to.edge(), DeliveryKind.ENTRY, targets, null, null, null, null, null, settings, null, null);
    }

    static Delivery signal(Addressee to, List<DeliveryTarget> targets, Signal signal) {
        return delivery(to.edge(), DeliveryKind.SIGNAL, targets, null, null, null, null, null, null, signal, null);
    }

    /** An entry of something that the user did to its own timeline. */
    static Delivery own(Addressee to, List<DeliveryTarget> targets, TimelineEntry entry, UserConversation row) {
        if (entry.getKind() == EventKind.READ) {
            return read(to, targets, new ReadCursor(entry.getConversation(), entry.getReadSeq(), entry.getAt()));
        }
        return settings(
                to,
                targets,
                new SettingsChange(
                        entry.getConversation(),
                        ConversationRow.settings(row),
                        entry.getSeq(),
                        entry.getDevice(),
                        entry.getClientMessageId(),
                        entry.getAt()));
    }

    /** To one session that watches. */
    static Delivery presence(Addressee to, PresenceBoard.News news, long nowMs) {
        var target = new DeliveryTarget(news.to().getUser(), news.to().getSession(), 0L, 0L, 0L, 0L, false, false);
        var signal = Signal.newBuilder()
                .setPartition(0)
                .setMembers(List.of())
                .setKind(SignalKind.PRESENCE)
                .setConversation(news.to().getConversation())
                .setUser(news.user())
                .setOnline(news.online())
                .setSince(news.since() == 0 ? null : Instant.ofEpochMilli(news.since()))
                .setAt(Instant.ofEpochMilli(nowMs))
                .build();
        return signal(to, List.of(target), signal);
    }

    static Delivery decision(String edge, Decision decision) {
        return delivery(edge, DeliveryKind.DECISION, List.of(), null, null, decision, null, null, null, null, null);
    }

    static Delivery welcome(String edge, Welcome welcome) {
        return delivery(edge, DeliveryKind.WELCOME, List.of(), null, null, null, welcome, null, null, null, null);
    }

    static Delivery close(String edge, SessionClose close) {
        return delivery(edge, DeliveryKind.CLOSE, List.of(), null, null, null, null, close, null, null, null);
    }

    static Delivery fenced(String edge) {
        return delivery(edge, DeliveryKind.FENCED, List.of(), null, null, null, null, null, null, null, null);
    }

    static Delivery probe(String edge, long tick) {
        return delivery(edge, DeliveryKind.PROBE, List.of(), null, null, null, null, null, null, null, tick);
    }

    private static Delivery delivery(
            String edge,
            DeliveryKind kind,
            List<DeliveryTarget> targets,
            @Nullable ConversationEvent event,
            @Nullable ReadCursor read,
            @Nullable Decision decision,
            @Nullable Welcome welcome,
            @Nullable SessionClose close,
            @Nullable SettingsChange settings,
            @Nullable Signal signal,
            @Nullable Long tick) {
        return new Delivery(edge, kind, targets, event, read, decision, welcome, close, settings, signal, tick);
    }
}
