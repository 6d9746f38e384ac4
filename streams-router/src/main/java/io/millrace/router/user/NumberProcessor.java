package io.millrace.router.user;

import io.millrace.router.runtime.Addressee;
import io.millrace.router.runtime.DeadLetterBox;
import io.millrace.schemas.record.DeadLetterCause;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.ReadCursor;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.record.UserCommand;
import java.time.Instant;
import java.util.ArrayList;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Numbers timelines and keeps sessions: the one writer of all stores of the second stage. */
final class NumberProcessor implements Processor<String, SpecificRecord, Object, Object> {
    private final TimelineNumbering numbering;
    private final DeadLetterBox deadLetters;
    private final String epoch;
    private ProcessorContext<Object, Object> context;
    private TimelineStateStore timelines;
    private SessionStateStore sessions;
    private SessionRegistry registry;
    private KeyValueStore<String, Long> cursors;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    NumberProcessor(TimelineNumbering numbering, DeadLetterBox deadLetters, String epoch) {
        this.numbering = numbering;
        this.deadLetters = deadLetters;
        this.epoch = epoch;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        this.timelines = new TimelineStateStore(
                context.getStateStore(UserStores.TIMELINES), context.getStateStore(UserStores.USER_CONVERSATIONS));
        this.sessions = new SessionStateStore(
                context.getStateStore(UserStores.SESSIONS),
                context.getStateStore(UserStores.EDGES),
                context.getStateStore(UserStores.EDGE_SESSIONS));
        this.cursors = context.getStateStore(UserStores.DEVICE_CURSORS);
        this.registry = new SessionRegistry(
                sessions, new EdgeClock(context.getStateStore(UserStores.EDGE_CLOCK)), timelines, epoch);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        if (record.value() instanceof InboxRecord inbox) {
            deliverEvent(record, inbox);
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
            var row = TimelineRules.apply(user, timelines.conversation(user, event.getConversation()), event);
            var numbered = numbering.event(user, timelines.timeline(user), row, event, record.timestamp());
            timelines.put(user, numbered.after());
            timelines.put(user, event.getConversation(), row);
            entries.add(numbered.entry());
            deliveries.add(user, sessions.of(user), numbered.entry().getPosition());
        }
        for (var entry : entries) {
            context.forward(record.withKey(entry.getUser()).withValue(entry), UserStores.WRITE_ENTRIES);
        }
        deliveries.targets().forEach((to, targets) -> send(record, to, EdgeDeliveries.event(to, targets, event)));
    }

    private void apply(Record<String, SpecificRecord> record, UserCommand command) {
        switch (command.getType()) {
            case READ -> read(record, command);
            case CURSOR -> storeCursor(command);
            default ->
                registry.apply(command, record.timestamp()).forEach((to, all) -> all.forEach(d -> send(record, to, d)));
        }
    }

    private void read(Record<String, SpecificRecord> record, UserCommand command) {
        var user = command.getUser();
        var conversation = command.getConversation();
        var before = timelines.conversation(user, conversation);
        if (before == null) {
            answer(record, command, DecisionCode.NOT_FOUND, "there is no such conversation", false);
        } else if (before.getLeftVersion() != null) {
            answer(record, command, DecisionCode.NOT_MEMBER, "no longer a member of this conversation", false);
        } else {
            var after = TimelineRules.read(before, command.getSeq());
            if (after.equals(before)) {
                answer(record, command, DecisionCode.POSTED, null, true);
                return;
            }
            var numbered = numbering.read(
                    user,
                    timelines.timeline(user),
                    after,
                    conversation,
                    record.timestamp(),
                    command.getDevice(),
                    command.getClientMessageId());
            timelines.put(user, numbered.after());
            timelines.put(user, conversation, after);
            context.forward(record.withKey(user).withValue(numbered.entry()), UserStores.WRITE_ENTRIES);
            var cursor = new ReadCursor(
                    conversation, after.getReadSeq(), numbered.entry().getAt());
            var deliveries = new EdgeDeliveries();
            deliveries.add(user, sessions.of(user), numbered.entry().getPosition());
            deliveries.targets().forEach((to, targets) -> send(record, to, EdgeDeliveries.read(to, targets, cursor)));
            answer(record, command, DecisionCode.POSTED, null, false);
        }
    }

    private void storeCursor(UserCommand command) {
        boolean registered = sessions.of(command.getUser()).stream()
                .anyMatch(s -> s.getSession().equals(command.getOrigin().getSession()));
        var key = command.getUser() + '\0' + command.getDevice();
        var before = cursors.get(key);
        if (registered && (before == null || before < command.getStored())) {
            cursors.put(key, command.getStored());
        }
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
                unchanged);
        send(
                record,
                new Addressee(origin.getEdge(), origin.getLane()),
                EdgeDeliveries.decision(origin.getEdge(), decision));
    }

    private void send(Record<String, SpecificRecord> record, Addressee to, Delivery delivery) {
        context.forward(record.withKey(to).withValue(delivery), UserStores.WRITE_DELIVERIES);
    }
}
