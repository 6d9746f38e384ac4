package io.millrace.localstack.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One user sends to another again and again over bare sockets, the next message when the last one was accepted; it is
 * measured how long nothing arrived. Threads of its own receive.
 */
final class Heartbeats implements AutoCloseable {
    private final String to;
    private final RawSocket sender;
    private final RawSocket receiver;
    private volatile int sent;
    /** The last one was not answered yet. */
    private volatile boolean waits;
    /** The last one has to be sent again. */
    private volatile boolean refused;

    private int marked;
    private volatile int received;
    private volatile boolean closed;
    private volatile long longestNanos;
    private volatile long lastNanos = System.nanoTime();
    private volatile boolean inOrder = true;

    Heartbeats(URI edge, String from, String to) {
        this.to = to;
        sender = RawSocket.welcomed(edge, from, "phone");
        receiver = RawSocket.welcomed(edge, to, "phone");
        daemon(this::receive, "receive-" + to);
        daemon(this::hearAnswers, "answers-" + from);
    }

    private static void daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    void beat() {
        if (waits) {
            return;
        }
        if (!refused) {
            sent++;
        }
        refused = false;
        waits = true;
        sender.send(
                "{\"type\":\"send\",\"ref\":%d,\"clientMessageId\":\"k-%d\",\"to\":{\"user\":\"%s\"},\"body\":{\"kind\":\"text\",\"text\":\"%d\"}}"
                        .formatted(sent, sent, to, sent));
    }

    private void hearAnswers() {
        while (!closed) {
            var answer = next(sender::any);
            if (answer == null) {
                return;
            }
            if (answer.path("ref").asInt() == sent) {
                // An edge takes no more than it sees decided in some seconds.
                refused = answer.path("type").asText().equals("error");
                waits = false;
            }
        }
    }

    private void receive() {
        while (!closed) {
            var entry = next(() -> receiver.entry(e -> true));
            if (entry == null) {
                return;
            }
            long now = System.nanoTime();
            longestNanos = Math.max(longestNanos, now - lastNanos);
            lastNanos = now;
            inOrder &= entry.get("position").asInt() == received + 1
                    && entry.at("/event/body/text").asInt() == received + 1;
            receiver.send(
                    "{\"type\":\"ack\",\"position\":" + entry.get("position").asLong() + "}");
            received++;
        }
    }

    /** Null when it is closed. */
    private @Nullable JsonNode next(Supplier<JsonNode> from) {
        try {
            return from.get();
        } catch (AssertionError nothing) {
            if (closed) {
                return null;
            }
            throw nothing;
        }
    }

    /** Forgets the silence before now. */
    void reset() {
        lastNanos = System.nanoTime();
        longestNanos = 0;
    }

    /** Remembers what is sent by now. */
    void mark() {
        marked = sent;
    }

    /** Whether something has arrived that was sent since {@link #mark}. */
    boolean isBeyondMark() {
        return received > marked;
    }

    int received() {
        return received;
    }

    Duration longestSilence() {
        return Duration.ofNanos(Math.max(longestNanos, received < sent ? System.nanoTime() - lastNanos : 0));
    }

    boolean isComplete() {
        return received == sent - (refused ? 1 : 0);
    }

    boolean isInOrder() {
        return inOrder;
    }

    @Override
    public void close() {
        closed = true;
        sender.close();
        receiver.close();
    }
}
