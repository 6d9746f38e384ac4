package io.millrace.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.frame.Frames;
import io.millrace.client.loop.Loop;
import io.millrace.client.loop.Loop.Timer;
import io.millrace.client.timeline.Timeline;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells the server how far this device is: soon after it changes, many changes in one frame. Confined to the loop. */
final class Acknowledger {
    private static final Duration DELAY = Duration.ofMillis(50);

    private final Loop loop;
    private final Timeline timeline;
    private @Nullable Consumer<ObjectNode> session;
    private Timer due = Timer.NONE;
    private boolean scheduled;
    private long ackedPosition;
    private long ackedStored;

    Acknowledger(Loop loop, Timeline timeline) {
        this.loop = loop;
        this.timeline = timeline;
    }

    void onSession(long head, Consumer<ObjectNode> writer) {
        onSessionEnd();
        session = writer;
        ackedPosition = head;
        ackedStored = 0;
        onProgress();
    }

    void onSessionEnd() {
        session = null;
        due.cancel();
        scheduled = false;
    }

    void onProgress() {
        if (session != null && !scheduled && isNews()) {
            scheduled = true;
            due = loop.after(DELAY, this::write);
        }
    }

    private boolean isNews() {
        return timeline.taken() > ackedPosition || timeline.position() > ackedStored;
    }

    private void write() {
        scheduled = false;
        if (session != null && isNews()) {
            ackedPosition = Math.max(ackedPosition, timeline.taken());
            ackedStored = timeline.position();
            session.accept(Frames.ack(ackedPosition, ackedStored));
        }
    }
}
