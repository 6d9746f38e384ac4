package io.millrace.edge.inbound;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.edge.lane.CurrentLife;
import io.millrace.edge.lane.EdgeLife;
import io.millrace.edge.protocol.Ask;
import io.millrace.edge.protocol.ErrorCode;
import io.millrace.edge.protocol.Fingerprints;
import io.millrace.schemas.id.ConversationId;
import java.time.Clock;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The way of a command into the log. Load is refused here, before the log; what is accepted is durable. Never blocks.
 * Thread-safe; commands offered by one thread are written in that order.
 */
public final class CommandGate {
    private static final long NOT_READY_RETRY_MS = 1000;
    private static final String ERASED = "the user is erased";

    private final CurrentLife current;
    private final PendingCommands pending;
    private final LogWriter writer;
    private final CommandRecords records;
    private final SealingKeys keys;
    private final InboundMetrics metrics;

    public CommandGate(
            CurrentLife current,
            PendingCommands pending,
            LogWriter writer,
            Fingerprints fingerprints,
            SealingKeys keys,
            Clock clock,
            MeterRegistry registry) {
        this.current = current;
        this.pending = pending;
        this.writer = writer;
        this.records = new CommandRecords(fingerprints, clock);
        this.keys = keys;
        this.metrics = new InboundMetrics(registry, pending, writer);
    }

    /** Offers the command; every answer goes to the sink, a refusal possibly before this returns. */
    public void submit(Ask ask, Asker asker, AnswerSink sink) {
        var life = current.get();
        if (life.isEmpty()) {
            metrics.refused(ErrorCode.UNAVAILABLE);
            sink.onRefused(ErrorCode.UNAVAILABLE, "the edge is not connected to the log", NOT_READY_RETRY_MS);
            return;
        }
        var user = asker.user().value();
        if (keys.isErased(user)) {
            refuseErased(sink);
            return;
        }
        var conversation = ask.conversation().value();
        var full = pending.full(user, conversation);
        if (full.isPresent()) {
            metrics.refused(ErrorCode.OVERLOADED);
            sink.onRefused(ErrorCode.OVERLOADED, full.get(), pending.retryAfterMs());
            return;
        }
        write(life.get(), ask, asker, sink);
    }

    private static void refuseErased(AnswerSink sink) {
        sink.onRefused(ErrorCode.FORBIDDEN, ERASED, 0);
    }

    /** Tells the conversation that the user writes: at most once, never under load, and nobody waits for it. */
    public void tellTyping(ConversationId conversation, Asker asker) {
        if (current.get().isPresent()
                && !writer.isBusy()
                && !keys.isErased(asker.user().value())) {
            var record = records.typing(conversation, asker);
            if (!writer.offer(new Unawaited(record))) {
                metrics.signalDropped();
            }
        } else {
            metrics.signalDropped();
        }
    }

    /** Asks who is there; the answer are signals to the session, or nothing. Left out under load, as typing is. */
    public void askPresence(ConversationId conversation, Asker asker) {
        var life = current.get();
        if (life.isEmpty() || writer.isBusy()) {
            metrics.signalDropped();
            return;
        }
        var record = records.presence(conversation, asker, life.get().origin(asker.session(), 0L));
        if (!writer.offer(new Unawaited(record))) {
            metrics.signalDropped();
        }
    }

    private void write(EdgeLife life, Ask ask, Asker asker, AnswerSink sink) {
        var conversation = ask.conversation().value();
        var command = new PendingCommand(
                life.nextCommand(),
                asker.user().value(),
                conversation,
                pending.entriesOf(conversation),
                asker.session() != null,
                System.nanoTime(),
                sink);
        pending.add(command);
        var origin = life.origin(asker.session(), command.number());
        boolean needsKey = keys.areUsed() && CommandRecords.hasBody(ask);
        keys.give(asker.user().value(), needsKey, key -> {
            if (needsKey && key.isEmpty()) {
                refuseUnsealed(command);
            } else {
                offer(command, records.of(ask, asker, origin, needsKey ? key : Optional.empty()));
            }
        });
    }

    private void refuseUnsealed(PendingCommand command) {
        if (keys.isErased(command.user())) {
            pending.remove(command);
            command.refuse(ErrorCode.FORBIDDEN, ERASED, 0);
        } else if (command.refuse(ErrorCode.UNAVAILABLE, "there is no key for the body yet", NOT_READY_RETRY_MS)) {
            metrics.refused(ErrorCode.UNAVAILABLE);
            pending.remove(command);
        }
    }

    private void offer(PendingCommand command, ProducerRecord<String, SpecificRecord> record) {
        if (!writer.offer(new Write(command, record))) {
            pending.remove(command);
            metrics.refused(ErrorCode.OVERLOADED);
            command.refuse(ErrorCode.OVERLOADED, "the edge cannot write as fast", pending.retryAfterMs());
        }
    }

    /** A record that nobody waits for. */
    private final class Unawaited implements LogWriter.Job {
        private final ProducerRecord<String, SpecificRecord> record;

        Unawaited(ProducerRecord<String, SpecificRecord> record) {
            this.record = record;
        }

        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public ProducerRecord<String, SpecificRecord> record() {
            return record;
        }

        @Override
        public void onAcknowledged() {}

        @Override
        public void onFailed(Exception cause) {
            metrics.signalDropped();
        }
    }

    /** The record of one command on its way. */
    private final class Write implements LogWriter.Job {
        private final PendingCommand command;
        private final ProducerRecord<String, SpecificRecord> record;

        Write(PendingCommand command, ProducerRecord<String, SpecificRecord> record) {
            this.command = command;
            this.record = record;
        }

        @Override
        public boolean isWanted() {
            return command.isWriting();
        }

        @Override
        public ProducerRecord<String, SpecificRecord> record() {
            return record;
        }

        @Override
        public void onAcknowledged() {
            metrics.accepted(System.nanoTime() - command.beganNanos());
            command.accept();
        }

        @Override
        public void onFailed(Exception cause) {
            if (command.refuse(ErrorCode.UNAVAILABLE, "the log is not available", NOT_READY_RETRY_MS)) {
                metrics.refused(ErrorCode.UNAVAILABLE);
                pending.remove(command);
            }
        }
    }
}
