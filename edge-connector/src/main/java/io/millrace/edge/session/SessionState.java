package io.millrace.edge.session;

import io.millrace.edge.auth.Authenticator;
import io.millrace.edge.inbound.Asker;
import io.millrace.edge.lane.EdgeLife;
import io.millrace.edge.protocol.FrameReader.Hello;
import io.millrace.schemas.record.Welcome;
import io.millrace.service.auth.VerifiedToken;
import java.util.Objects;

/**
 * Where a session stands. Each state knows the next ones.
 *
 * <pre>
 *   connecting: AwaitingHello ─hello─▶ Verifying ─token good─▶ Registering ─welcome─▶ Open ─goaway─▶ Draining
 *        │                                 │                        │                  │                │
 *        └─────────────────────────────────┴───────── close ────────┴──────────────────┴────────────────┴─▶ Closed
 * </pre>
 */
sealed interface SessionState {
    /** The connection was upgraded; nothing is known of it. */
    record AwaitingHello() implements SessionState {
        Verifying onHello(Hello hello, long nowNanos) {
            return new Verifying(hello, nowNanos);
        }
    }

    /** The token of the hello is being checked. */
    record Verifying(Hello hello, long sinceNanos) implements SessionState {
        Registering onVerified(VerifiedToken token, Asker asker, EdgeLife life) {
            return new Registering(token, asker, life, sinceNanos);
        }
    }

    /** The registration is on its way through the log; {@code sinceNanos} is when the hello came. */
    record Registering(VerifiedToken token, Asker asker, EdgeLife life, long sinceNanos) implements SessionState {
        Open onWelcome(Welcome welcome) {
            Objects.requireNonNull(welcome);
            return new Open(token, asker, life);
        }
    }

    /** Registered: entries come, commands go. */
    record Open(VerifiedToken token, Asker asker, EdgeLife life) implements SessionState {
        /** What the session may do is what its token says now. */
        Open onRenewed(VerifiedToken renewed) {
            return new Open(renewed, asker.withService(Authenticator.isService(renewed)), life);
        }

        Draining onGoaway() {
            return new Draining(token, asker, life);
        }
    }

    /** Told to go: answers still come until the close. */
    record Draining(VerifiedToken token, Asker asker, EdgeLife life) implements SessionState {}

    /** Over; late news about it are ignored. */
    record Closed() implements SessionState {}
}
