package io.millrace.edge.http;

import io.millrace.edge.protocol.ErrorCode;
import io.millrace.edge.protocol.JsonDocument;
import io.millrace.edge.protocol.RefusedException;
import io.millrace.edge.protocol.StrictJson;
import io.undertow.io.Receiver;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.xnio.IoUtils;

/**
 * Reads a request's body as strict JSON, bounded in bytes, without blocking; {@link Guard} bounds its time. The protocol asks for no
 * Content-Type: a call is authorised by a header that no foreign page can set, so the type guards nothing.
 */
final class JsonBody {
    /** A body somewhat too large is read to its end and dropped: an answer before that would be lost in a reset. */
    static final long DRAINED_BYTES = 1 << 20;

    private final int maxBytes;

    JsonBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Calls on, with the exchange dispatched, or answers the request itself. */
    void read(HttpServerExchange exchange, Consumer<JsonDocument> then) {
        var body = new ByteArrayOutputStream();
        var tooLarge = new AtomicBoolean();
        exchange.getRequestReceiver()
                .receivePartialBytes(
                        (received, bytes, last) -> {
                            if (body.size() + bytes.length > maxBytes) {
                                tooLarge.set(true);
                            } else {
                                body.writeBytes(bytes);
                            }
                            if (last) {
                                received.dispatch(
                                        SameThreadExecutor.INSTANCE,
                                        () -> finish(received, body, tooLarge.get(), then));
                            }
                        },
                        JsonBody::fail);
    }

    private void finish(
            HttpServerExchange exchange, ByteArrayOutputStream body, boolean tooLarge, Consumer<JsonDocument> then) {
        if (tooLarge) {
            Problems.send(exchange, ErrorCode.TOO_LARGE, "a request has at most " + maxBytes + " bytes");
        } else {
            parse(exchange, body.toByteArray(), then);
        }
    }

    private static void parse(HttpServerExchange exchange, byte[] bytes, Consumer<JsonDocument> then) {
        try {
            then.accept(StrictJson.read(bytes));
        } catch (RefusedException e) {
            Problems.send(exchange, ErrorCode.INVALID, e.sentence());
        }
    }

    private static void fail(HttpServerExchange exchange, Exception e) {
        if (e instanceof Receiver.RequestToLargeException) {
            Problems.send(exchange, ErrorCode.TOO_LARGE, "the request is too large");
        } else {
            // The client is gone or sent less than it announced: nobody is there for an answer.
            IoUtils.safeClose(exchange.getConnection());
        }
    }
}
