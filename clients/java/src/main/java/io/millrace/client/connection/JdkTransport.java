package io.millrace.client.connection;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Links over the JDK's own WebSocket. */
public final class JdkTransport implements Transport {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** Far above what the protocol lets a server send in one frame. */
    private static final int MAX_FRAME_CHARS = 4 << 20;

    private final HttpClient http;

    public JdkTransport(HttpClient http) {
        this.http = http;
    }

    @Override
    public CompletableFuture<Link> open(URI uri, Receiver receiver) {
        return http.newWebSocketBuilder()
                .subprotocols(SUBPROTOCOL)
                .connectTimeout(CONNECT_TIMEOUT)
                .buildAsync(uri, new Inbound(receiver))
                .thenApply(Outbound::new);
    }

    /** Puts fragments together and passes frames on. */
    private static final class Inbound implements WebSocket.Listener {
        private final Receiver receiver;
        private final StringBuilder fragments = new StringBuilder();
        private final AtomicBoolean ended = new AtomicBoolean();

        Inbound(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            if (fragments.length() + data.length() > MAX_FRAME_CHARS) {
                socket.abort();
                end(ABNORMAL, "a frame is larger than a client takes");
                return null;
            }
            fragments.append(data);
            if (last) {
                String text = fragments.toString();
                fragments.setLength(0);
                receiver.onText(text);
            }
            socket.request(1);
            return null;
        }

        /** The protocol has no binary frames; one is passed over like an unknown type. */
        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            end(code, reason);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            end(ABNORMAL, String.valueOf(error.getMessage()));
        }

        private void end(int code, String reason) {
            if (ended.compareAndSet(false, true)) {
                receiver.onClosed(code, reason);
            }
        }
    }

    /** Queues frames: the JDK's socket takes the next one only when the one before is written. */
    private static final class Outbound implements Link {
        private final WebSocket socket;
        private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

        Outbound(WebSocket socket) {
            this.socket = socket;
        }

        @Override
        public synchronized void send(String text) {
            // A failed write ends the socket, which the listener hears of as an error.
            last = last.thenCompose(before -> socket.sendText(text, true));
        }

        @Override
        public synchronized void close(int code, String reason) {
            last = last.thenCompose(before -> socket.sendClose(code, reason));
        }

        @Override
        public void abort() {
            socket.abort();
        }
    }
}
