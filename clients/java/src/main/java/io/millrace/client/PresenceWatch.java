package io.millrace.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.frame.Frames;
import io.millrace.client.loop.Loop;
import io.millrace.client.loop.Loop.Timer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Asks who of the watched conversations is there: at once, with every session, and again before the server stops telling,
 * five minutes after it was asked last. Confined to the loop.
 */
final class PresenceWatch {
    private static final Duration AGAIN = Duration.ofMinutes(4);

    private final Loop loop;
    private final Consumer<ObjectNode> writer;
    private final Set<String> watched = new LinkedHashSet<>();
    private boolean open;
    private Timer timer = Timer.NONE;

    /** @param writer writes to the session there is */
    PresenceWatch(Loop loop, Consumer<ObjectNode> writer) {
        this.loop = loop;
        this.writer = writer;
    }

    /** Asks again, too, where it is watched already. */
    void watch(String conversation) {
        watched.add(conversation);
        if (open) {
            writer.accept(Frames.presence(conversation));
        }
    }

    void unwatch(String conversation) {
        watched.remove(conversation);
    }

    void onSession() {
        open = true;
        ask();
    }

    void onSessionEnd() {
        open = false;
        timer.cancel();
    }

    private void ask() {
        watched.forEach(conversation -> writer.accept(Frames.presence(conversation)));
        timer.cancel();
        timer = loop.after(AGAIN, this::ask);
    }
}
