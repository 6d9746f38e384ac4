package io.millrace.edge.http;

import io.undertow.connector.ByteBufferPool;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.protocol.version13.Hybi13Handshake;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import java.util.Set;
import org.xnio.StreamConnection;

/** The handshake of RFC 6455, with a {@link GuardedSource} below the channel that it makes. */
final class GuardedHandshake extends Hybi13Handshake {
    private static final String SOURCE = GuardedSource.class.getName();

    GuardedHandshake(String subprotocol) {
        super(Set.of(subprotocol), false);
    }

    @Override
    public WebSocketChannel createChannel(
            WebSocketHttpExchange exchange, StreamConnection connection, ByteBufferPool pool) {
        var source = new GuardedSource(connection.getSourceChannel().getConduit());
        connection.getSourceChannel().setConduit(source);
        var channel = super.createChannel(exchange, connection, pool);
        channel.setAttribute(SOURCE, source);
        return channel;
    }

    /** What stands below a channel of this handshake. */
    static GuardedSource sourceOf(WebSocketChannel channel) {
        return (GuardedSource) channel.getAttribute(SOURCE);
    }
}
