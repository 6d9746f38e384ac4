package io.millrace.localstack.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A device without a client library: every frame that comes is held against the schemas and kept. */
final class RawDevice implements AutoCloseable, WebSocket.Listener {
    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile OptionalInt closed = OptionalInt.empty();
    private WebSocket socket;

    private RawDevice() {}

    /** Connected, nothing said yet. */
    static RawDevice connect(Wire user) throws Exception {
        var device = new RawDevice();
        var base = user.edge();
        device.socket = Wire.HTTP
                .newWebSocketBuilder()
                .subprotocols("millrace.v1.json")
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(java.net.URI.create("ws://" + base.getAuthority() + "/v1/ws"), device)
                .get(15, TimeUnit.SECONDS);
        return device;
    }

    /** Connected and welcomed. */
    static RawDevice open(Wire user, String device) throws Exception {
        var opened = connect(user);
        opened.say("{\"type\":\"hello\",\"token\":\"" + user.token() + "\",\"device\":\"" + device + "\",\"ref\":1}");
        opened.await("welcome");
        return opened;
    }

    /** Sends a frame that the schemas allow. */
    void say(String json) throws IOException {
        ProtocolSchemas.assertFrame(Wire.MAPPER.readTree(json));
        sayAnyhow(json);
    }

    /** Sends a frame as it is. */
    void sayAnyhow(String text) {
        socket.sendText(text, true).join();
    }

    /** The first frame of that type; waits for it. */
    JsonNode await(String type) {
        return await(type, frame -> true);
    }

    JsonNode await(String type, Predicate<JsonNode> which) {
        return Awaitility.await(type + " among " + types())
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> find(type, which), Optional::isPresent)
                .orElseThrow();
    }

    /** The direct answer of that type to the frame with that ref. */
    JsonNode answer(String type, int ref) {
        return await(type, frame -> frame.path("ref").asInt(-1) == ref);
    }

    /** The entry, pushed alone or among others, whose event fits. */
    JsonNode entry(Predicate<JsonNode> event) {
        return Awaitility.await("an entry among " + types())
                .atMost(30, TimeUnit.SECONDS)
                .until(
                        () -> frames.stream()
                                .flatMap(f -> f.has("entries")
                                        ? java.util.stream.StreamSupport.stream(
                                                f.get("entries").spliterator(), false)
                                        : java.util.stream.Stream.of(f))
                                .filter(f -> f.has("event") && event.test(f.get("event")))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The close code; waits for it. */
    int awaitClose() {
        return Awaitility.await("close after " + types())
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> closed, OptionalInt::isPresent)
                .getAsInt();
    }

    /** What the schemas did not allow. */
    List<Throwable> failures() {
        return failures;
    }

    private Optional<JsonNode> find(String type, Predicate<JsonNode> which) {
        return frames.stream()
                .filter(f -> f.path("type").asText().equals(type) && which.test(f))
                .findFirst();
    }

    private List<String> types() {
        return frames.stream().map(f -> f.path("type").asText()).toList();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            try {
                var frame = (ObjectNode) Wire.MAPPER.readTree(partial.toString());
                ProtocolSchemas.assertFrame(frame);
                frames.add(frame);
            } catch (IOException | AssertionError e) {
                failures.add(e);
            }
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closed = OptionalInt.of(code);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        failures.add(error);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
