package io.millrace.edge.session;

import io.millrace.edge.inbound.AnswerSink;
import io.millrace.edge.inbound.Asker;
import io.millrace.edge.protocol.Ask;
import io.millrace.edge.protocol.ClientFrame;
import io.millrace.edge.protocol.CloseCode;
import io.millrace.edge.protocol.ErrorCode;
import io.millrace.edge.protocol.RefusedException;
import io.millrace.edge.protocol.ServerFrames;
import io.millrace.schemas.record.Decision;
import org.jspecify.annotations.Nullable;

/** Takes a session's commands: form, rates, then the gate; and turns the answers into frames with the command's ref. */
final class CommandDesk {
    private final Session session;
    private final SessionServices services;
    private final SessionRates rates;
    private final TypingPace typing = new TypingPace();
    private final PresencePace presence = new PresencePace();

    CommandDesk(Session session, SessionServices services, SessionRates rates) {
        this.session = session;
        this.services = services;
        this.rates = rates;
    }

    void onCommand(ClientFrame frame, Asker asker) throws RefusedException {
        long now = services.nanos().getAsLong();
        long wait = rates.command(now);
        if (wait == 0) {
            wait = services.rates().take(asker.user(), now);
        }
        if (wait > 0) {
            session.refuse(frame.ref(), ErrorCode.RATE_LIMITED, "too many commands", wait);
            if (!rates.refusal(now)) {
                session.finish(CloseCode.RATE_IGNORED);
            }
            return;
        }
        var ask = ask(frame, asker);
        services.gate().submit(ask, asker, new Answers(frame.ref(), ask.key().value()));
    }

    /** Has no answer: too much of it is passed over. */
    void onTyping(ClientFrame frame, Asker asker) throws RefusedException {
        var conversation = services.asks().signalled(frame.json());
        if (typing.take(conversation.value(), services.nanos().getAsLong())) {
            services.gate().tellTyping(conversation, asker);
        }
    }

    /** Answered by signals, or by nothing where the asking user does not belong there. */
    void onPresence(ClientFrame frame, Asker asker) throws RefusedException {
        var conversation = services.asks().signalled(frame.json());
        long wait = presence.take(services.nanos().getAsLong());
        if (wait > 0) {
            session.refuse(frame.ref(), ErrorCode.RATE_LIMITED, "too many questions who is there", wait);
        } else {
            services.gate().askPresence(conversation, asker);
        }
    }

    private Ask ask(ClientFrame frame, Asker asker) throws RefusedException {
        var asks = services.asks();
        return switch (frame.type()) {
            case SEND -> asks.send(frame.json(), asker.user());
            case EDIT -> asks.edit(frame.json());
            case RECALL -> asks.recall(frame.json());
            case REACT -> asks.react(frame.json());
            case READ -> asks.read(frame.json());
            case SETTINGS -> asks.settings(frame.json());
            case DELETE -> asks.delete(frame.json());
            case BLOCK -> asks.block(frame.json(), asker.user(), true);
            case UNBLOCK -> asks.block(frame.json(), asker.user(), false);
            case UNSCHEDULE -> asks.unschedule(frame.json());
            case HELLO, AUTH, ACK, PING, TYPING, PRESENCE ->
                throw new IllegalArgumentException(frame.type() + " is no command");
        };
    }

    private final class Answers implements AnswerSink {
        private final @Nullable Long ref;
        private final String key;

        Answers(@Nullable Long ref, String key) {
            this.ref = ref;
            this.key = key;
        }

        @Override
        public void onAccepted() {
            session.send(ServerFrames.accepted(ref, key));
        }

        @Override
        public void onDecision(Decision decision) {
            session.send(ServerFrames.decision(ref, decision));
        }

        @Override
        public void onRefused(ErrorCode code, String message, long retryAfterMs) {
            session.refuse(ref, code, message, retryAfterMs);
        }

        @Override
        public void onForgotten() {
            // The life of the edge ended, and with it the session: the client sends again with the same key.
        }
    }
}
