package io.millrace.client;

import io.millrace.client.connection.Transport;
import io.millrace.client.outbox.OutboxStore;
import io.millrace.client.timeline.TimelineStore;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a client is built from; the builder says what each part means. */
record ClientSettings(
        URI url,
        String device,
        Supplier<String> tokens,
        TimelineStore store,
        OutboxStore outboxStore,
        ClientListener listener,
        @Nullable ClientRuntime runtime,
        @Nullable Transport transport,
        boolean beginsWithSnapshot,
        Duration firstRetry,
        Duration longestRetry,
        Duration answerTimeout,
        Duration silence) {

    /** The WebSocket of the same origin. */
    URI socket() {
        String scheme = "https".equals(url.getScheme()) ? "wss" : "ws";
        return URI.create(scheme + "://" + url.getRawAuthority() + "/v1/ws");
    }
}
