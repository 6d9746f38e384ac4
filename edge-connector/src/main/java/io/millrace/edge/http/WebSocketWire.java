package io.millrace.edge.http;

import io.millrace.edge.session.Socket;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.nio.ByteBuffer;
import org.xnio.IoUtils;

/** A session's socket on Undertow. */
final class WebSocketWire implements Socket {
    private final WebSocketChannel channel;
    private final long sendWithinMs;

    WebSocketWire(WebSocketChannel channel, long sendWithinMs) {
        this.channel = channel;
        this.sendWithinMs = sendWithinMs;
    }

    @Override
    public void send(byte[] utf8, Sent sent) {
        WebSockets.sendText(
                ByteBuffer.wrap(utf8),
                channel,
                new WebSocketCallback<Void>() {
                    @Override
                    public void complete(WebSocketChannel done, Void context) {
                        sent.onSent(true);
                    }

                    @Override
                    public void onError(WebSocketChannel failed, Void context, Throwable cause) {
                        sent.onSent(false);
                    }
                },
                sendWithinMs);
    }

    @Override
    public void close(int code, String reason) {
        if (!channel.isCloseFrameSent()) {
            WebSockets.sendClose(code, reason, channel, null);
        }
    }

    @Override
    public void abort() {
        IoUtils.safeClose(channel);
    }
}
