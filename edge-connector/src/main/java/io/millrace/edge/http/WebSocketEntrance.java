package io.millrace.edge.http;

import io.millrace.edge.session.SessionLimits;
import io.millrace.edge.session.SessionRegistry;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.spi.WebSocketHttpExchange;

/** Makes a session of an upgraded connection, and ends it when the connection is gone. */
final class WebSocketEntrance implements WebSocketConnectionCallback {
    private final SessionRegistry sessions;
    private final SessionLimits limits;
    private final Admission admission;

    WebSocketEntrance(SessionRegistry sessions, SessionLimits limits, Admission admission) {
        this.sessions = sessions;
        this.limits = limits;
        this.admission = admission;
    }

    @Override
    public void onConnect(WebSocketHttpExchange exchange, WebSocketChannel channel) {
        var address = channel.getSourceAddress();
        admission.enter(address);
        var session =
                sessions.open(new WebSocketWire(channel, limits.sendWithin().toMillis()));
        channel.addCloseTask(closed -> {
            admission.leave(address);
            sessions.gone(session);
        });
        // The session's own clocks are stricter; this one ends what never becomes a frame.
        channel.setIdleTimeout(2 * limits.heartbeat().toMillis() + 5000);
        GuardedHandshake.sourceOf(channel).watch(session::maxFrameBytes, session::close);
        channel.getReceiveSetter().set(new FrameListener(session));
        channel.resumeReceives();
    }
}
