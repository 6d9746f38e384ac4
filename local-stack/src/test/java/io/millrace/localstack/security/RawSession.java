package io.millrace.localstack.security;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A session that is opened with a token as it is, and that tells with which code it ended. */
final class RawSession implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<Boolean> welcomed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    RawSession(URI edge, String token) {
        socket = HTTP.newWebSocketBuilder()
                .subprotocols("millrace.v1.json")
                .buildAsync(URI.create("ws://" + edge.getAuthority() + "/v1/ws"), this)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        socket.sendText("{\"type\":\"hello\",\"token\":\"" + token + "\",\"device\":\"phone\"}", true)
                .join();
    }

    /** Status of a call with this token: of the edge itself for a POST, of the timeline service behind it for a GET. */
    static int status(URI edge, String method, String path, String token) throws Exception {
        var request = HttpRequest.newBuilder(edge.resolve(path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString("{}"));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** Whether it was welcomed; false if it was closed instead. */
    boolean isWelcomed() throws Exception {
        return welcomed.get(20, TimeUnit.SECONDS);
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    int closeCode() throws Exception {
        return closed.get(20, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            if (text.indexOf("\"welcome\"") >= 0) {
                welcomed.complete(true);
            }
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        welcomed.complete(false);
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        welcomed.completeExceptionally(failure);
        closed.completeExceptionally(failure);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
