package io.millrace.localstack.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One user sends to another again and again over bare sockets; it is measured how long nothing arrived. A thread of its
 * own receives.
 */
final class Heartbeats implements AutoCloseable {
    private final String to;
    private final RawSocket sender;
    private final RawSocket receiver;
    private final Thread receiving;
    private volatile int sent;
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
        receiving = new Thread(this::receive, "receive-" + to);
        receiving.setDaemon(true);
        receiving.start();
    }

    void beat() {
        sent++;
        sender.send(
                "{\"type\":\"send\",\"clientMessageId\":\"k-%d\",\"to\":{\"user\":\"%s\"},\"body\":{\"kind\":\"text\",\"text\":\"%d\"}}"
                        .formatted(sent, to, sent));
    }

    private void receive() {
        while (!closed) {
            var entry = next();
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
    private @Nullable JsonNode next() {
        try {
            return receiver.entry(e -> true);
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
        return received == sent;
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
