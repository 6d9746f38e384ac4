package io.millrace.router.conversation;

import io.millrace.router.conversation.Ruling.AlreadyCreated;
import io.millrace.router.conversation.Ruling.Posted;
import io.millrace.router.conversation.Ruling.Rejected;
import io.millrace.router.conversation.Ruling.Unchanged;
import io.millrace.router.runtime.Addressee;
import io.millrace.router.runtime.DeadLetterBox;
import io.millrace.schemas.id.ClientMessageId;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.InvalidIdException;
import io.millrace.schemas.id.MessageId;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.DeadLetterCause;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.DeliveryKind;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.Rejection;
import io.millrace.schemas.state.MessageState;
import java.time.Instant;
import java.util.List;
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
    private ProcessorContext<Object, Object> context;
    private DedupState dedup;
    private ConversationStateStore states;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    DecideProcessor(ConversationSettings settings, InboxFanOut fanOut, DeadLetterBox deadLetters) {
        this.settings = settings;
        this.rules = new CommandRules(settings);
        this.fanOut = fanOut;
        this.signals = new SignalFanOut(fanOut);
        this.deadLetters = deadLetters;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        this.dedup = new DedupState(context.getStateStore(ConversationStores.DEDUP), settings.dedupWindow());
        this.states = new ConversationStateStore(
                context.getStateStore(ConversationStores.CONVERSATIONS),
                context.getStateStore(ConversationStores.MEMBERS),
                context.getStateStore(ConversationStores.MESSAGES));
    }

    @Override
    public void process(Record<String, Command> record) {
        var command = record.value();
        var fault = faultOf(record.key(), command);
        if (fault != null) {
            context.forward(deadLetters.letter(record, context, fault), ConversationStores.WRITE_DEAD_LETTERS);
            return;
        }
        long now = record.timestamp();
        if (command.getType() == CommandType.TYPING) {
            tellTyping(record, command, now);
            return;
        }
        dedup.deleteExpired(now);
        var first = dedup.find(command.getUser(), command.getConversation(), command.getClientMessageId(), now);
        if (first != null) {
            answer(record, repeat(command, first));
        } else {
            decide(record, command, now);
        }
    }

    private void tellTyping(Record<String, Command> record, Command command, long now) {
        var id = command.getConversation();
        var view = states.view(id, states.counters(id));
        var listeners = CommandRules.listeners(command.getUser(), id, view, settings.typingMembers(), true, now);
        for (var signal : signals.typing(listeners, id, command.getUser(), now)) {
            context.forward(record.withKey(id).withValue(signal), ConversationStores.WRITE_SIGNALS);
        }
    }

    private void decide(Record<String, Command> record, Command command, long now) {
        var counters = states.counters(command.getConversation());
        var view = states.view(command.getConversation(), counters);
        var ruling = rules.decide(command, view, now);
        if (!(ruling instanceof AlreadyCreated) && isTooOld(command, now)) {
            ruling = new Rejected(DecisionCode.TOO_OLD, "the key's own time lies before the dedup window");
        }
        if (ruling instanceof Posted posted) {
            var draft = EventDraft.number(command, posted, counters, now);
            var event = draft.event();
            var members = MembersFold.apply(view.members(), event);
            boolean receipts = event.getSeq() != null
                    && (members == null || members.getMembers().size() <= settings.receiptMembers());
            var inbox = fanOut.perPartition(posted.recipients(), event, receipts);
            remember(command, DecisionCode.POSTED, false, event.getSeq(), event.getVersion(), now);
            states.put(command.getConversation(), draft.after());
            if (members != null && MembersFold.concerns(event.getKind())) {
                states.put(command.getConversation(), members);
            }
            if (event.getSeq() != null) {
                states.put(
                        command.getConversation(),
                        event.getSeq(),
                        new MessageState(event.getFrom(), false, List.of(), now));
            } else if (posted.target() != null && command.getTargetSeq() != null) {
                states.put(command.getConversation(), command.getTargetSeq(), posted.target());
            }
            context.forward(
                    record.withValue(event).withKey(command.getConversation()), ConversationStores.WRITE_EVENTS);
            for (InboxRecord perPartition : inbox) {
                context.forward(record.withValue(perPartition), ConversationStores.WRITE_INBOX);
            }
            answer(
                    record,
                    decision(
                            command, DecisionCode.POSTED, null, event.getSeq(), event.getVersion(), now, false, false));
        } else if (ruling instanceof AlreadyCreated) {
            answer(record, decision(command, DecisionCode.POSTED, null, null, 1L, now, true, false));
        } else {
            boolean unchanged = ruling instanceof Unchanged;
            var code = ruling instanceof Rejected rejected ? rejected.code() : DecisionCode.POSTED;
            var reason = ruling instanceof Rejected rejected ? rejected.reason() : null;
            remember(command, code, unchanged, null, null, now);
            context.forward(
                    record.withValue(rejection(command, code, unchanged, now)), ConversationStores.WRITE_REJECTIONS);
            answer(record, decision(command, code, reason, null, null, now, false, unchanged));
        }
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

    private static Decision repeat(Command command, DedupEntry first) {
        if (!first.fingerprint().equals(command.getFingerprint())) {
            return decision(
                    command,
                    DecisionCode.CONFLICT,
                    "this key was used with other content",
                    null,
                    null,
                    first.at(),
                    false,
                    false);
        }
        return decision(
                command,
                first.code(),
                first.code() == DecisionCode.POSTED ? null : "decided so before",
                first.seq() == 0 ? null : first.seq(),
                first.version() == 0 ? null : first.version(),
                first.at(),
                true,
                first.unchanged());
    }

    private static Decision decision(
            Command command,
            DecisionCode code,
            @Nullable String reason,
            @Nullable Long seq,
            @Nullable Long version,
            long at,
            boolean duplicate,
            boolean unchanged) {
        var origin = command.getOrigin();
        return new Decision(
                origin == null ? null : origin.getSession(),
                origin == null ? 0L : origin.getCommand(),
                command.getClientMessageId(),
                command.getConversation(),
                code,
                reason,
                seq,
                version,
                seq == null
                        ? null
                        : MessageId.of(new ConversationId(command.getConversation()), seq, at)
                                .value(),
                Instant.ofEpochMilli(at),
                duplicate,
                unchanged);
    }

    private static Rejection rejection(Command command, DecisionCode code, boolean unchanged, long now) {
        return new Rejection(
                command.getConversation(),
                command.getUser(),
                command.getClientMessageId(),
                command.getFingerprint(),
                code,
                unchanged,
                Instant.ofEpochMilli(now));
    }

    private void answer(Record<String, Command> record, Decision decision) {
        var origin = record.value().getOrigin();
        if (origin != null) {
            var delivery = new Delivery(
                    origin.getEdge(),
                    DeliveryKind.DECISION,
                    List.of(),
                    null,
                    null,
                    decision,
                    null,
                    null,
                    null,
                    null,
                    null);
            context.forward(
                    record.withKey(new Addressee(origin.getEdge(), origin.getLane()))
                            .withValue(delivery),
                    ConversationStores.WRITE_DELIVERIES);
        }
    }
}
