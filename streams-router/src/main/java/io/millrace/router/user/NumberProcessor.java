package io.millrace.router.user;

import io.millrace.router.runtime.Addressee;
import io.millrace.router.runtime.CommitPace;
import io.millrace.router.runtime.DeadLetterBox;
import io.millrace.router.runtime.SectionStore;
import io.millrace.router.runtime.StageStore;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.UserId;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.DeadLetterCause;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.record.SignalKind;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Numbers timelines and keeps sessions: the one writer of all stores of the second stage. */
final class NumberProcessor implements Processor<String, SpecificRecord, Object, Object> {
    private final StageStore store;
    private final TimelineNumbering numbering;
    private final DeadLetterBox deadLetters;
    private final String epoch;
    private final Duration offlineDelay;
    private ProcessorContext<Object, Object> context;
    private TimelineStateStore timelines;
    private SessionStateStore sessions;
    private SessionRegistry registry;
    private SectionStore<String, Long> cursors;
    private DeliveryMarks marks;
    private PresenceBoard presence;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    NumberProcessor(
            StageStore store,
            TimelineNumbering numbering,
            DeadLetterBox deadLetters,
            String epoch,
            Duration offlineDelay) {
        this.store = store;
        this.offlineDelay = offlineDelay;
        this.numbering = numbering;
        this.deadLetters = deadLetters;
        this.epoch = epoch;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        this.timelines = new TimelineStateStore(
                store.open(context, UserStores.TIMELINES), store.open(context, UserStores.USER_CONVERSATIONS));
        this.sessions = new SessionStateStore(
                store.open(context, UserStores.SESSIONS),
                store.open(context, UserStores.EDGES),
                store.open(context, UserStores.EDGE_SESSIONS));
        this.cursors = store.open(context, UserStores.DEVICE_CURSORS);
        this.marks = new DeliveryMarks(store.open(context, UserStores.UNDELIVERED));
        this.presence = new PresenceBoard(
                store.open(context, UserStores.PRESENCE),
                store.open(context, UserStores.LEAVING),
                sessions,
                timelines,
                offlineDelay);
        this.registry = new SessionRegistry(
                sessions, new EdgeClock(store.open(context, UserStores.EDGE_CLOCK)), timelines, epoch);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        CommitPace.onProcessed(context);
        if (record.value() instanceof InboxRecord inbox) {
            deliverEvent(record, inbox);
            return;
        }
        if (record.value() instanceof Signal signal) {
            deliverSignal(record, signal);
            return;
        }
        var timely = record.withTimestamp(OvertakingTimestamps.shiftBack(record.timestamp()));
        var fault = UserCommandForm.faultOf(record.key(), record.value());
        if (fault == null && record.value() instanceof UserCommand command) {
            apply(timely, command);
        } else {
            context.forward(
                    deadLetters.letter(timely, context, fault == null ? DeadLetterCause.INVALID : fault),
                    UserStores.WRITE_DEAD_LETTERS);
        }
    }

    private void deliverEvent(Record<String, SpecificRecord> record, InboxRecord inbox) {
        var event = inbox.getEvent();
        var entries = new ArrayList<TimelineEntry>(inbox.getMembers().size());
        var deliveries = new EdgeDeliveries();
        for (var user : inbox.getMembers()) {
            var row = timelines.conversation(user, event.getConversation());
            var change = TimelineRules.event(user, row, event, hasBlocked(user, event));
            var after = ConversationRow.after(row, change);
            var numbered = numbering.event(
                    user,
                    timelines.timeline(user),
                    change,
                    after,
                    ConversationRow.counted(row),
                    event,
                    record.timestamp());
            timelines.put(user, numbered.after());
            timelines.put(user, event.getConversation(), after);
            var entry = numbered.entry();
            if (inbox.getReceipts() && entry.getKind() == EventKind.MESSAGE && !change.own()) {
                marks.await(user, event.getConversation(), entry.getPosition(), event.getLastSeq());
            }
            entries.add(entry);
            deliveries.add(entry, sessions.of(user));
        }
        for (var entry : entries) {
            context.forward(record.withKey(entry.getUser()).withValue(entry), UserStores.WRITE_ENTRIES);
        }
        deliveries.targets().forEach((to, targets) -> send(record, to, EdgeDeliveries.event(to, targets, event)));
    }

    /** Whether the user has blocked the author, which stands in their direct conversation. */
    private boolean hasBlocked(String user, ConversationEvent event) {
        if (event.getKind() != EventKind.MESSAGE || event.getFrom().equals(user)) {
            return false;
        }
        var direct = ConversationId.direct(new UserId(user), new UserId(event.getFrom()));
        if (direct.value().equals(event.getConversation())) {
            return false; // decided before it came here
        }
        var row = timelines.conversation(user, direct.value());
        return row != null && row.getBlocks();
    }

    private void deliverSignal(Record<String, SpecificRecord> record, Signal signal) {
        if (signal.getKind() == SignalKind.ASK_PRESENCE) {
            tell(record, presence.ask(signal, record.timestamp()));
            return;
        }
        var deliveries = new EdgeDeliveries();
        signal.getMembers().forEach(user -> deliveries.add(user, sessions.of(user)));
        var told =
                Signal.newBuilder(signal).setPartition(0).setMembers(List.of()).build();
        deliveries.targets().forEach((to, targets) -> send(record, to, EdgeDeliveries.signal(to, targets, told)));
    }

    private void apply(Record<String, SpecificRecord> record, UserCommand command) {
        switch (command.getType()) {
            case READ, SETTINGS, DELETE -> change(record, command);
            case CURSOR -> storeCursor(record, command);
            default -> {
                registry.apply(command, record.timestamp()).forEach((to, all) -> all.forEach(d -> send(record, to, d)));
                sessions.takeChanged()
                        .forEach(user -> tell(record, presence.sessionsChanged(user, record.timestamp())));
                if (command.getType() == UserCommandType.EDGE_ALIVE) {
                    tell(record, presence.tick(record.timestamp()));
                }
            }
        }
    }

    private void tell(Record<String, SpecificRecord> record, List<PresenceBoard.News> all) {
        for (var news : all) {
            var to = new Addressee(news.to().getEdge(), news.to().getLane());
            send(record, to, EdgeDeliveries.presence(to, news, record.timestamp()));
        }
    }

    /** Something that a user does to its own timeline. */
    private void change(Record<String, SpecificRecord> record, UserCommand command) {
        var user = command.getUser();
        var stored = timelines.conversation(user, command.getConversation());
        var row = stored == null ? ConversationRow.none() : stored;
        var refusal = UserCommandRules.refuse(command, stored);
        if (refusal != null) {
            answer(record, command, refusal.code(), refusal.reason(), false);
            return;
        }
        var change =
                switch (command.getType()) {
                    case READ -> TimelineRules.read(row, command.getSeq());
                    case SETTINGS -> TimelineRules.settings(row, command);
                    default -> TimelineRules.delete(row, command.getSeq());
                };
        if (change == null) {
            answer(record, command, DecisionCode.POSTED, null, true);
            return;
        }
        var after = ConversationRow.after(row, change);
        var numbered = numbering.own(
                user,
                timelines.timeline(user),
                change,
                after,
                ConversationRow.counted(row),
                command,
                record.timestamp());
        var entry = numbered.entry();
        timelines.put(user, numbered.after());
        timelines.put(user, command.getConversation(), after);
        context.forward(record.withKey(user).withValue(entry), UserStores.WRITE_ENTRIES);
        var deliveries = new EdgeDeliveries();
        deliveries.add(entry, sessions.of(user));
        deliveries.targets().forEach((to, targets) -> send(record, to, EdgeDeliveries.own(to, targets, entry, after)));
        if (after.getReadSeq() > row.getReadSeq()) {
            long delivered = marks.read(user, entry.getConversation(), after.getReadSeq());
            writeReceipt(record, user, entry.getConversation(), delivered, after.getReadSeq());
        }
        if (after.getInvisible() != row.getInvisible()) {
            tell(record, presence.visibilityChanged(user));
        }
        answer(record, command, DecisionCode.POSTED, null, false);
    }

    private void storeCursor(Record<String, SpecificRecord> record, UserCommand command) {
        var user = command.getUser();
        boolean registered = sessions.of(user).stream()
                .anyMatch(s -> s.getSession().equals(command.getOrigin().getSession()));
        var key = user + '\0' + command.getDevice();
        var before = cursors.get(key);
        if (registered && (before == null || before < command.getStored())) {
            cursors.put(key, command.getStored());
            for (var delivered : marks.stored(user, command.getStored())) {
                var row = timelines.conversation(user, delivered.conversation());
                long read = row == null ? 0 : row.getReadSeq();
                writeReceipt(record, user, delivered.conversation(), Math.max(delivered.seq(), read), read);
            }
        }
    }

    /** Both numbers, for only the last record of a key is sure to stay; 0 says nothing. */
    private void writeReceipt(
            Record<String, SpecificRecord> record, String user, String conversation, long delivered, long read) {
        var receipt = new Receipt(
                conversation,
                user,
                delivered,
                read,
                record.timestamp() * 1000,
                Instant.ofEpochMilli(record.timestamp()));
        context.forward(record.withKey(conversation + ' ' + user).withValue(receipt), UserStores.WRITE_RECEIPTS);
    }

    private void answer(
            Record<String, SpecificRecord> record,
            UserCommand command,
            DecisionCode code,
            @Nullable String reason,
            boolean unchanged) {
        var origin = command.getOrigin();
        var decision = new Decision(
                origin.getSession(),
                origin.getCommand(),
                command.getClientMessageId(),
                command.getConversation(),
                code,
                reason,
                null,
                null,
                null,
                Instant.ofEpochMilli(record.timestamp()),
                false,
                unchanged,
                false,
                0);
        send(
                record,
                new Addressee(origin.getEdge(), origin.getLane()),
                EdgeDeliveries.decision(origin.getEdge(), decision));
    }

    private void send(Record<String, SpecificRecord> record, Addressee to, Delivery delivery) {
        context.forward(record.withKey(to).withValue(delivery), UserStores.WRITE_DELIVERIES);
    }
}
