package io.millrace.localstack.endtoend;

import static org.awaitility.Awaitility.await;

import io.millrace.client.ClientBuilder;
import io.millrace.client.ClientListener;
import io.millrace.client.MillraceClient;
import io.millrace.client.Signal;
import io.millrace.client.connection.ConnectionState;
import io.millrace.client.connection.Transport;
import io.millrace.client.http.DevTokens;
import io.millrace.client.outbox.Decision;
import io.millrace.client.outbox.Recipient;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.Event;
import io.millrace.client.timeline.MemoryTimelineStore;
import io.millrace.client.timeline.Snapshot;
import io.millrace.client.timeline.TimelineStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A user's device with the Java client; remembers everything it was told, as it was told. */
final class Device implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final String user;
    final List<Entry> entries = new CopyOnWriteArrayList<>();
    final List<Snapshot> snapshots = new CopyOnWriteArrayList<>();
    final List<Signal> signals = new CopyOnWriteArrayList<>();
    private final List<ConnectionState> states = new CopyOnWriteArrayList<>();
    private final URI edge;
    private final String name;
    private final TimelineStore store;
    private MillraceClient client;

    private Device(URI edge, String user, String name, TimelineStore store, ClientBuilder builder) {
        this.edge = edge;
        this.user = user;
        this.name = name;
        this.store = store;
        this.client = build(builder);
    }

    static Device of(URI edge, String user, String name) {
        return new Device(edge, user, name, new MemoryTimelineStore(), MillraceClient.builder());
    }

    /** Impatient, so that what the network loses is soon asked for again. */
    static Device over(Transport transport, URI edge, String user, String name) {
        ClientBuilder builder = MillraceClient.builder()
                .transport(transport)
                .retry(Duration.ofMillis(50), Duration.ofMillis(500))
                .answerTimeout(Duration.ofSeconds(2))
                .silence(Duration.ofSeconds(2));
        return new Device(edge, user, name, new MemoryTimelineStore(), builder);
    }

    MillraceClient client() {
        return client;
    }

    /** Opens the session and waits for it. */
    Device connect() {
        long before = opened();
        client.connect();
        await("session of " + this).atMost(PATIENCE).until(() -> opened() > before);
        return this;
    }

    /** Goes away; what the device knows stays with it. */
    void goAway() {
        client.close();
    }

    /** Comes back with what it knew. */
    Device comeBack() {
        client = build(MillraceClient.builder());
        return connect();
    }

    Decision.Posted send(Recipient to, String text) {
        return posted(
                client.send(to, text).decision().orTimeout(30, TimeUnit.SECONDS).join());
    }

    static Decision.Posted posted(Decision decision) {
        if (decision instanceof Decision.Posted posted) {
            return posted;
        }
        throw new AssertionError("not posted: " + decision);
    }

    /** Texts of the messages that arrived in a conversation, in the order they arrived. */
    List<String> texts(String conversation) {
        return entries.stream()
                .filter(entry -> entry.conversation().equals(conversation))
                .filter(entry -> entry.event() instanceof Event.Message)
                .map(entry -> text((Event.Message) entry.event()))
                .toList();
    }

    List<Long> positions() {
        return entries.stream().map(Entry::position).toList();
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return user + "/" + name;
    }

    private static String text(Event.Message message) {
        return message.body() == null
                ? "(recalled)"
                : message.body().path("text").asText();
    }

    /** How often a session of it was opened. */
    long opened() {
        return states.stream()
                .filter(state -> state.phase() == ConnectionState.Phase.OPEN)
                .count();
    }

    private MillraceClient build(ClientBuilder builder) {
        return builder.url(edge)
                .device(name)
                .tokens(new DevTokens(edge, user))
                .store(store)
                .listener(new ClientListener() {
                    @Override
                    public void onEntry(Entry entry) {
                        entries.add(entry);
                    }

                    @Override
                    public void onSnapshot(Snapshot snapshot) {
                        snapshots.add(snapshot);
                    }

                    @Override
                    public void onSignal(Signal signal) {
                        signals.add(signal);
                    }

                    @Override
                    public void onState(ConnectionState state) {
                        states.add(state);
                    }
                })
                .build();
    }
}
