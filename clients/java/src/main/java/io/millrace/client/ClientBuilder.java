package io.millrace.client;

import io.millrace.client.connection.Transport;
import io.millrace.client.outbox.OutboxStore;
import io.millrace.client.timeline.MemoryTimelineStore;
import io.millrace.client.timeline.TimelineStore;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds a {@link MillraceClient}. Needed: url, device, tokens. Not thread-safe. */
public final class ClientBuilder {
    private @Nullable URI url;
    private @Nullable String device;
    private @Nullable Supplier<String> tokens;
    private TimelineStore store = new MemoryTimelineStore();
    private OutboxStore outboxStore = OutboxStore.NONE;
    private ClientListener listener = new ClientListener() {};
    private @Nullable ClientRuntime runtime;
    private @Nullable Transport transport;
    private boolean beginsWithSnapshot;
    private Duration firstRetry = Duration.ofMillis(500);
    private Duration longestRetry = Duration.ofSeconds(30);
    private Duration answerTimeout = Duration.ofSeconds(20);
    private Duration silence = Duration.ofMinutes(15);

    ClientBuilder() {}

    /** The server's origin, such as {@code http://localhost:8080}. */
    public ClientBuilder url(URI origin) {
        url = origin;
        return this;
    }

    /** Name of this device among the user's devices. */
    public ClientBuilder device(String name) {
        device = name;
        return this;
    }

    /** Gives a valid token of the user each time; may block and may throw. */
    public ClientBuilder tokens(Supplier<String> supplier) {
        tokens = supplier;
        return this;
    }

    /** Where the cursor is kept; in memory unless given. */
    public ClientBuilder store(TimelineStore timelineStore) {
        store = timelineStore;
        return this;
    }

    /** Where undecided commands are kept; nowhere unless given. */
    public ClientBuilder outboxStore(OutboxStore undecided) {
        outboxStore = undecided;
        return this;
    }

    public ClientBuilder listener(ClientListener hears) {
        listener = hears;
        return this;
    }

    /** Threads shared with other clients; the client's own unless given. */
    public ClientBuilder runtime(ClientRuntime shared) {
        runtime = shared;
        return this;
    }

    /** Stands in for the JDK's WebSocket. */
    public ClientBuilder transport(Transport other) {
        transport = other;
        return this;
    }

    /** A device without a cursor takes the conversations as they stand instead of the whole timeline. */
    public ClientBuilder beginWithSnapshot() {
        beginsWithSnapshot = true;
        return this;
    }

    /** Delays between attempts double from the first to the longest: 0.5 s to 30 s unless given. */
    public ClientBuilder retry(Duration first, Duration longest) {
        firstRetry = first;
        longestRetry = longest;
        return this;
    }

    /** A command without an answer for so long is sent again, with the same key: 20 s unless given. */
    public ClientBuilder answerTimeout(Duration limit) {
        answerTimeout = limit;
        return this;
    }

    /** After so long without an entry the client pulls once: 15 minutes unless given. */
    public ClientBuilder silence(Duration limit) {
        silence = limit;
        return this;
    }

    /** @throws NullPointerException naming what was not given */
    public MillraceClient build() {
        return new MillraceClient(new ClientSettings(
                Objects.requireNonNull(url, "url"),
                Objects.requireNonNull(device, "device"),
                Objects.requireNonNull(tokens, "tokens"),
                store,
                outboxStore,
                listener,
                runtime,
                transport,
                beginsWithSnapshot,
                firstRetry,
                longestRetry,
                answerTimeout,
                silence));
    }
}
