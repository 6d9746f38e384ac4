package io.millrace.edge.http;

import io.undertow.Undertow;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import java.net.InetSocketAddress;
import java.util.List;

/** An edge's way from the socket to the frame, with an echo at its end in place of a session. */
final class EchoEdge implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 20;

    private final Undertow server;

    EchoEdge() {
        var handshake = new WebSocketProtocolHandshakeHandler(
                List.of(new GuardedHandshake(HandshakeGuard.SUBPROTOCOL)), EchoEdge::echo);
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(new HandshakeGuard(() -> true, new Admission(100, 100), handshake))
                .build();
        server.start();
    }

    int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    private static void echo(WebSocketHttpExchange exchange, WebSocketChannel channel) {
        var wire = new WebSocketWire(channel, 5000);
        GuardedHandshake.sourceOf(channel).watch(() -> MOST_BYTES, code -> wire.close(code.code(), code.reason()));
        channel.getReceiveSetter().set(new AbstractReceiveListener() {
            @Override
            protected void onFullTextMessage(WebSocketChannel from, BufferedTextMessage message) {
                WebSockets.sendText(message.getData(), from, null);
            }

            @Override
            protected void onFullBinaryMessage(WebSocketChannel from, BufferedBinaryMessage message) {
                var pooled = message.getData();
                WebSockets.sendBinary(WebSockets.mergeBuffers(pooled.getResource()), from, null);
                pooled.close();
            }
        });
        channel.resumeReceives();
    }

    @Override
    public void close() {
        server.stop();
    }
}
