package io.millrace.router.conversation;

import io.millrace.router.conversation.Ruling.AlreadyCreated;
import io.millrace.router.conversation.Ruling.Posted;
import io.millrace.router.conversation.Ruling.Rejected;
import io.millrace.router.conversation.Ruling.Transient;
import io.millrace.router.runtime.CommitPace;
import io.millrace.router.runtime.DeadLetterBox;
import io.millrace.router.runtime.StageStore;
import io.millrace.schemas.id.ClientMessageId;
import io.millrace.schemas.id.InvalidIdException;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.DeadLetterCause;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.state.ConversationState;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Decides a command once: dedup, rules, numbers; then writes state and records, which cannot fail. Time is the record's.
 *
 * @see <a href="../../../../../../../../docs/adr/0009-dedup-is-a-key-value-store.md">ADR 9</a>
 */
final class DecideProcessor implements Processor<String, Command, Object, Object> {
    private final CommandRules rules;
    private final InboxFanOut fanOut;
    private final DeadLetterBox deadLetters;
    private final ConversationSettings settings;
    private final SignalFanOut signals;
    private final StageStore store;
    private ProcessorContext<Object, Object> context;
    private DedupState dedup;
    private ConversationStateStore states;
    private DueMessages due;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    DecideProcessor(ConversationSettings settings, InboxFanOut fanOut, DeadLetterBox deadLetters, StageStore store) {
        this.store = store;
        this.settings = settings;
        this.rules = new CommandRules(settings);
        this.fanOut = fanOut;
        this.signals = new SignalFanOut(fanOut);
        this.deadLetters = deadLetters;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        this.dedup = new DedupState(store.open(context, ConversationStores.DEDUP), settings.dedupWindow());
        this.states = new ConversationStateStore(context, store);
        this.due = new DueMessages(states.waiting());
        context.schedule(DueMessages.EVERY, PunctuationType.WALL_CLOCK_TIME, this::askForDue);
    }

    @Override
    public void process(Record<String, Command> record) {
        CommitPace.onProcessed(context);
        var command = record.value();
        var fault = faultOf(record.key(), command);
        if (fault != null) {
            context.forward(deadLetters.letter(record, context, fault), ConversationStores.WRITE_DEAD_LETTERS);
            return;
        }
        long now = record.timestamp();
        switch (command.getType()) {
            case TYPING -> tellTyping(record, command, now);
            case ASK_PRESENCE -> askPresence(record, command, now);
            case POST_SCHEDULED -> postScheduled(record, command, now);
            default -> decideOnce(record, command, now);
        }
    }

    private void decideOnce(Record<String, Command> record, Command command, long now) {
        dedup.deleteExpired(now);
        var first = dedup.find(command.getUser(), command.getConversation(), command.getClientMessageId(), now);
        if (first != null) {
            boolean waits =
                    first.seq() == 0 && states.waiting().get(command.getConversation(), first.version()) != null;
            answer(record, Decisions.repeat(command, first, waits));
        } else {
            decide(record, command, now);
        }
    }

    private void tellTyping(Record<String, Command> record, Command command, long now) {
        var id = command.getConversation();
        var view = states.view(id, states.counters(id));
        var listeners = CommandRules.listeners(command.getUser(), id, view, settings.typingMembers(), true, now);
        tell(record, signals.typing(listeners, id, command.getUser(), now));
    }

    private void askPresence(Record<String, Command> record, Command command, long now) {
        var id = command.getConversation();
        var view = states.view(id, states.counters(id));
        var members = CommandRules.listeners(command.getUser(), id, view, settings.presenceMembers(), false, now);
        tell(record, signals.presence(members, command, now));
    }

    private void tell(Record<String, Command> record, List<Signal> all) {
        for (var signal : all) {
            context.forward(
                    record.withKey(signal.getConversation()).withValue(signal), ConversationStores.WRITE_SIGNALS);
        }
    }

    private void askForDue(long now) {
        for (var command : due.ask(now)) {
            context.forward(new Record<>(command.getConversation(), command, now), ConversationStores.WRITE_COMMANDS);
        }
    }

    /** Does nothing for a message that is over, or not due by the log's time. */
    private void postScheduled(Record<String, Command> record, Command command, long now) {
        var id = command.getConversation();
        var counters = states.counters(id);
        var view = states.view(id, counters);
        var waiting = ScheduleRules.waiting(command, view);
        if (waiting == null || waiting.getSendAt().toEpochMilli() > now) {
            return;
        }
        var send = ScheduleRules.due(waiting, now);
        var posted = ScheduleRules.post(waiting, rules.decide(send, view, now));
        write(record, posted.kind() == EventKind.MESSAGE ? send : command, posted, counters, view, now);
    }

    private void decide(Record<String, Command> record, Command command, long now) {
        var counters = states.counters(command.getConversation());
        var view = states.view(command.getConversation(), counters);
        var ruling = rules.decide(command, view, now);
        if (!(ruling instanceof AlreadyCreated) && isTooOld(command, now)) {
            ruling = new Rejected(DecisionCode.TOO_OLD, "the key's own time lies before the dedup window");
        }
        if (ruling instanceof Posted posted) {
            var event = write(record, command, posted, counters, view, now);
            answer(record, Decisions.posted(command, event, posted.recipients().size()));
        } else if (ruling instanceof AlreadyCreated) {
            answer(record, Decisions.created(command, now));
        } else if (ruling instanceof Rejected rejected) {
            keep(record, command, rejected.code(), false, now);
            answer(record, Decisions.rejected(command, rejected.code(), rejected.reason(), now));
        } else {
            keep(record, command, DecisionCode.POSTED, true, now);
            if (ruling instanceof Transient passing) {
                tell(record, signals.message(passing.listeners(), command, now));
            }
            answer(record, Decisions.unchanged(command, now));
        }
    }

    /** A decision without an event. */
    private void keep(Record<String, Command> record, Command command, DecisionCode code, boolean unchanged, long now) {
        remember(command, code, unchanged, null, null, now);
        context.forward(
                record.withValue(Decisions.rejection(command, code, unchanged, now)),
                ConversationStores.WRITE_REJECTIONS);
    }

    private ConversationEvent write(
            Record<String, Command> record,
            Command command,
            Posted posted,
            ConversationState counters,
            ConversationView view,
            long now) {
        var id = command.getConversation();
        var draft = EventDraft.number(command, posted, counters, now);
        var event = draft.event();
        var members = MembersFold.apply(view.members(), event);
        boolean receipts = event.getSeq() != null
                && (members == null || members.getMembers().size() <= settings.receiptMembers());
        var inbox = fanOut.perPartition(posted.recipients(), event, receipts);
        remember(command, DecisionCode.POSTED, false, event.getSeq(), event.getVersion(), now);
        states.put(id, draft.after());
        if (members != null && MembersFold.concerns(event.getKind())) {
            states.put(id, members);
        }
        if (event.getSeq() != null) {
            states.put(id, event.getSeq(), MessageRules.first(event));
        } else if (posted.target() != null && command.getTargetSeq() != null) {
            states.put(id, command.getTargetSeq(), posted.target());
        }
        states.waiting().apply(event);
        context.forward(record.withValue(event).withKey(id), ConversationStores.WRITE_EVENTS);
        for (InboxRecord perPartition : inbox) {
            context.forward(record.withValue(perPartition), ConversationStores.WRITE_INBOX);
        }
        return event;
    }

    private static @Nullable DeadLetterCause faultOf(@Nullable String key, @Nullable Command command) {
        if (command == null) {
            return DeadLetterCause.MISSING_VALUE;
        }
        if (key == null) {
            return DeadLetterCause.MISSING_KEY;
        }
        if (!key.equals(command.getConversation())) {
            return DeadLetterCause.KEY_MISMATCH;
        }
        return command.getType() == CommandType.UNKNOWN ? DeadLetterCause.INVALID : null;
    }

    private boolean isTooOld(Command command, long now) {
        try {
            var own = new ClientMessageId(command.getClientMessageId()).timestampMs();
            return own.isPresent()
                    && own.getAsLong() < now - settings.dedupWindow().toMillis();
        } catch (InvalidIdException e) {
            return false; // the rules have rejected it already
        }
    }

    private void remember(
            Command command,
            DecisionCode code,
            boolean unchanged,
            @Nullable Long seq,
            @Nullable Long version,
            long now) {
        dedup.put(
                command.getUser(),
                command.getConversation(),
                command.getClientMessageId(),
                new DedupEntry(
                        command.getFingerprint(),
                        code,
                        unchanged,
                        seq == null ? 0 : seq,
                        version == null ? 0 : version,
                        now));
    }

    private void answer(Record<String, Command> record, Decision decision) {
        var origin = record.value().getOrigin();
        if (origin != null) {
            context.forward(
                    record.withKey(Decisions.addressee(origin)).withValue(Decisions.delivery(origin, decision)),
                    ConversationStores.WRITE_DELIVERIES);
        }
    }
}
