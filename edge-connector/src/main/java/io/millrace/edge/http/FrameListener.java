package io.millrace.edge.http;

import io.millrace.edge.session.Session;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.StreamSourceFrameChannel;
import io.undertow.websockets.core.WebSocketChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.xnio.IoUtils;

/** Brings a session its frames. Frames of every kind are counted before they are read. */
final class FrameListener extends AbstractReceiveListener {
    private final Session session;

    FrameListener(Session session) {
        this.session = session;
    }

    @Override
    protected long getMaxTextBufferSize() {
        return session.maxFrameBytes();
    }

    @Override
    protected long getMaxBinaryBufferSize() {
        return 1024;
    }

    @Override
    protected void onText(WebSocketChannel channel, StreamSourceFrameChannel frame) throws IOException {
        if (admits(channel, true)) {
            super.onText(channel, frame);
        }
    }

    @Override
    protected void onBinary(WebSocketChannel channel, StreamSourceFrameChannel frame) throws IOException {
        session.onBinary();
        super.onBinary(channel, frame);
    }

    @Override
    protected void onPing(WebSocketChannel channel, StreamSourceFrameChannel frame) throws IOException {
        if (admits(channel, false)) {
            super.onPing(channel, frame);
        }
    }

    @Override
    protected void onPong(WebSocketChannel channel, StreamSourceFrameChannel frame) throws IOException {
        if (admits(channel, false)) {
            super.onPong(channel, frame);
        }
    }

    @Override
    protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
        session.onText(message.getData().getBytes(StandardCharsets.UTF_8));
    }

    /** The frame that was too much is not read: after the close frame nothing of this connection is wanted. */
    private boolean admits(WebSocketChannel channel, boolean message) {
        if (session.onFrameBegins(message)) {
            return true;
        }
        channel.suspendReceives();
        return false;
    }

    @Override
    protected void onError(WebSocketChannel channel, Throwable error) {
        IoUtils.safeClose(channel);
    }
}
