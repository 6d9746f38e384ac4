package io.millrace.edge.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.edge.inbound.AnswerSink;
import io.millrace.edge.inbound.Asker;
import io.millrace.edge.inbound.CommandGate;
import io.millrace.edge.protocol.Ask;
import io.millrace.edge.protocol.ErrorCode;
import io.millrace.edge.protocol.ServerFrames;
import io.millrace.edge.session.SharedRates;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.DecisionCode;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes a command of a request and answers it when it is decided, or 202 after a while. */
final class CommandCall {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final CommandGate gate;
    private final SharedRates rates;
    private final Duration decisionWithin;

    CommandCall(CommandGate gate, SharedRates rates, Duration decisionWithin) {
        this.gate = gate;
        this.rates = rates;
        this.decisionWithin = decisionWithin;
    }

    /** How a call shows its success. */
    enum Shape {
        /** 200, as the {@code posted} frame. */
        POSTED,
        /** 201 with the conversation. */
        CREATED,
        /** 200 with the version. */
        CHANGED,
        /** 200 with the version and the join link. */
        LINKED
    }

    void submit(HttpServerExchange exchange, Bearer.Caller caller, Ask ask, Shape shape) {
        long wait = rates.take(caller.user(), System.nanoTime());
        if (wait > 0) {
            Problems.sendRetry(exchange, ErrorCode.RATE_LIMITED, "too many commands", wait);
            return;
        }
        var answer = new Answer(exchange, ask, shape);
        var timer = exchange.getIoThread()
                .executeAfter(answer::onWaitedLong, decisionWithin.toMillis(), TimeUnit.MILLISECONDS);
        exchange.addExchangeCompleteListener((completed, next) -> {
            timer.remove();
            next.proceed();
        });
        gate.submit(ask, Asker.overHttp(caller.user(), caller.service()), answer);
    }

    /** The one answer to one request, whoever is first; any thread. */
    private static final class Answer implements AnswerSink {
        private final HttpServerExchange exchange;
        private final Ask ask;
        private final Shape shape;
        private final AtomicBoolean given = new AtomicBoolean();

        Answer(HttpServerExchange exchange, Ask ask, Shape shape) {
            this.exchange = exchange;
            this.ask = ask;
            this.shape = shape;
        }

        @Override
        public void onAccepted() {
            // The request waits on for the decision.
        }

        @Override
        public void onDecision(Decision decision) {
            if (given.compareAndSet(false, true)) {
                Answering.later(exchange, () -> tell(decision));
            }
        }

        private void tell(Decision decision) {
            if (decision.getCode() != DecisionCode.POSTED) {
                Problems.send(exchange, ErrorCode.of(decision.getCode()), ServerFrames.reason(decision));
                return;
            }
            switch (shape) {
                case POSTED -> send(200, ServerFrames.decision(null, decision));
                case CREATED -> send(201, version(decision).put("conversation", decision.getConversation()));
                case CHANGED -> send(200, version(decision));
                case LINKED -> send(200, withLink(version(decision)));
            }
        }

        @Override
        public void onRefused(ErrorCode code, String message, long retryAfterMs) {
            if (given.compareAndSet(false, true)) {
                Answering.later(exchange, () -> Problems.sendRetry(exchange, code, message, retryAfterMs));
            }
        }

        @Override
        public void onForgotten() {
            onWaitedLong();
        }

        /** Not decided yet; the same request asks again. */
        void onWaitedLong() {
            if (given.compareAndSet(false, true)) {
                var accepted = MAPPER.createObjectNode()
                        .put("state", "accepted")
                        .put("clientMessageId", ask.key().value())
                        .put("conversation", ask.conversation().value());
                Answering.later(exchange, () -> send(202, withLink(accepted)));
            }
        }

        /** The secret is shown to whoever makes the link, and to nobody else. */
        private ObjectNode withLink(ObjectNode node) {
            if (ask instanceof Ask.Link link && link.secret() != null && link.until() != null) {
                node.put("link", link.secret())
                        .put("id", link.link())
                        .put("until", link.until().toEpochMilli());
            }
            return node;
        }

        private static ObjectNode version(Decision decision) {
            var node = MAPPER.createObjectNode();
            if (decision.getVersion() != null) {
                node.put("version", decision.getVersion());
            }
            if (decision.getDuplicate()) {
                node.put("duplicate", true);
            }
            if (decision.getUnchanged()) {
                node.put("unchanged", true);
            }
            return node;
        }

        private void send(int status, ObjectNode node) {
            send(status, node.toString().getBytes(StandardCharsets.UTF_8));
        }

        private void send(int status, byte[] json) {
            exchange.setStatusCode(status);
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
            exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
            exchange.getResponseSender().send(ByteBuffer.wrap(json));
        }
    }
}
