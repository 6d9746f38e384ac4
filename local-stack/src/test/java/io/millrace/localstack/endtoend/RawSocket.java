package io.millrace.localstack.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A bare WebSocket: text out, JSON in, nothing done by itself. */
final class RawSocket implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BlockingQueue<JsonNode> incoming = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
    private final List<JsonNode> passedOver = new ArrayList<>();
    private final WebSocket socket;

    private RawSocket(URI edge) {
        socket = RawHttp.CLIENT
                .newWebSocketBuilder()
                .subprotocols("millrace.v1.json")
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(URI.create("ws://" + edge.getAuthority() + "/v1/ws"), new Listener())
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    static RawSocket open(URI edge) {
        return new RawSocket(edge);
    }

    /** Says hello and takes the welcome. */
    static RawSocket welcomed(URI edge, String user, String device) {
        var socket = new RawSocket(edge);
        socket.send(
                "{\"type\":\"hello\",\"token\":\"" + RawHttp.token(edge, user) + "\",\"device\":\"" + device + "\"}");
        socket.next("welcome");
        return socket;
    }

    void send(String json) {
        socket.sendText(json, true).orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** The next frame of this type; others in between are kept for {@link #next(String, Predicate)}. */
    JsonNode next(String type) {
        return next(type, frame -> true);
    }

    /** The next frame of this type for which the condition holds, among those that nobody has asked for yet. */
    JsonNode next(String type, Predicate<JsonNode> condition) {
        Predicate<JsonNode> wanted = frame -> frame.path("type").asText().equals(type) && condition.test(frame);
        for (JsonNode frame : passedOver) {
            if (wanted.test(frame)) {
                passedOver.remove(frame);
                return frame;
            }
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            JsonNode frame = poll(deadline - System.nanoTime());
            if (frame == null) {
                throw new AssertionError("no " + type + " in " + PATIENCE + "; there were " + passedOver);
            }
            if (wanted.test(frame)) {
                return frame;
            }
            passedOver.add(frame);
        }
    }

    /** The next frame that nobody has asked for yet. */
    JsonNode any() {
        if (!passedOver.isEmpty()) {
            return passedOver.remove(0);
        }
        JsonNode frame = poll(PATIENCE.toNanos());
        if (frame == null) {
            throw new AssertionError("nothing in " + PATIENCE);
        }
        return frame;
    }

    /** The next timeline entry, one by one, however they were framed. */
    JsonNode entry(Predicate<JsonNode> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            for (JsonNode frame : List.copyOf(passedOver)) {
                if (frame.path("type").asText().equals("entries")) {
                    passedOver.remove(frame);
                    frame.get("entries").forEach(passedOver::add);
                }
            }
            for (JsonNode frame : passedOver) {
                if (frame.has("position") && frame.has("event") && condition.test(frame)) {
                    passedOver.remove(frame);
                    return frame;
                }
            }
            JsonNode frame = poll(deadline - System.nanoTime());
            if (frame == null) {
                throw new AssertionError("no such entry in " + PATIENCE + "; there were " + passedOver);
            }
            passedOver.add(frame);
        }
    }

    /** Code that the server closes with. */
    int closeCode() {
        try {
            Integer code = closes.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (code == null) {
                throw new AssertionError("not closed in " + PATIENCE);
            }
            return code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    private @Nullable JsonNode poll(long nanos) {
        try {
            return incoming.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    incoming.add(RawHttp.JSON.readTree(text.toString()));
                } catch (JsonProcessingException e) {
                    throw new AssertionError("the server wrote no JSON: " + text, e);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closes.add(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closes.add(1006);
        }
    }
}
