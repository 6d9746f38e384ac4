package io.millrace.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.connection.Connection;
import io.millrace.client.connection.ConnectionState;
import io.millrace.client.frame.Json;
import io.millrace.client.frame.Welcome;
import io.millrace.client.outbox.Outbox;
import io.millrace.client.timeline.CatchUp;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.EntryReader;
import io.millrace.client.timeline.Timeline;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each frame to the part of the client that it concerns. Confined to the loop. */
final class FrameRouter implements Connection.Events {
    private static final Logger LOGGER = LoggerFactory.getLogger(FrameRouter.class);

    private final Timeline timeline;
    private final CatchUp catchUp;
    private final Outbox outbox;
    private final Acknowledger acknowledger;
    private final SilenceWatch silence;
    private final PresenceWatch presence;
    private final ListenerGuard listener;
    private final Consumer<ObjectNode> writer;

    FrameRouter(
            Timeline timeline,
            CatchUp catchUp,
            Outbox outbox,
            Acknowledger acknowledger,
            SilenceWatch silence,
            PresenceWatch presence,
            ListenerGuard listener,
            Consumer<ObjectNode> writer) {
        this.timeline = timeline;
        this.catchUp = catchUp;
        this.outbox = outbox;
        this.acknowledger = acknowledger;
        this.silence = silence;
        this.presence = presence;
        this.listener = listener;
        this.writer = writer;
    }

    @Override
    public void onSession(Welcome welcome) {
        boolean sameEpoch = timeline.onSession(welcome.epoch(), welcome.head());
        catchUp.onSession(welcome.epoch(), welcome.head());
        if (sameEpoch) {
            catchUp.check();
        } else {
            catchUp.takeSnapshot();
        }
        acknowledger.onSession(welcome.head(), writer);
        outbox.onSession(welcome, writer);
        silence.restart();
        presence.onSession();
    }

    @Override
    public void onFrame(String type, ObjectNode frame) {
        switch (type) {
            case "entry" -> onEntries(List.of(EntryReader.read(frame)));
            case "entries" -> onEntries(EntryReader.readAll(frame));
            case "head" -> {
                timeline.onHead(Json.number(frame, "head"));
                catchUp.check();
            }
            case "accepted" -> outbox.onAccepted(frame);
            case "posted" -> outbox.onPosted(frame);
            case "rejected" -> outbox.onRejected(frame);
            case "error" -> {
                if (!outbox.onError(frame)) {
                    LOGGER.atWarn()
                            .addKeyValue("errorCode", Json.textOrNull(frame, "code"))
                            .addKeyValue("message", Json.textOrNull(frame, "message"))
                            .log("frame refused");
                }
            }
            default -> Signal.read(type, frame).ifPresent(listener::onSignal);
        }
    }

    @Override
    public void onSessionEnd() {
        acknowledger.onSessionEnd();
        outbox.onSessionEnd();
        presence.onSessionEnd();
    }

    @Override
    public void onState(ConnectionState state) {
        listener.onState(state);
    }

    private void onEntries(List<Entry> entries) {
        silence.restart();
        timeline.onPushed(entries);
        acknowledger.onProgress();
        catchUp.check();
    }
}
