package io.millrace.edge.session;

import io.millrace.edge.auth.Authenticator;
import io.millrace.edge.inbound.Asker;
import io.millrace.edge.protocol.ClientFrame;
import io.millrace.edge.protocol.CloseCode;
import io.millrace.edge.protocol.EntryFrames.Entry;
import io.millrace.edge.protocol.ErrorCode;
import io.millrace.edge.protocol.FrameReader;
import io.millrace.edge.protocol.RefusedException;
import io.millrace.edge.protocol.ServerFrames;
import io.millrace.schemas.record.Welcome;
import io.millrace.service.auth.TokenRejectedException;
import io.millrace.service.auth.VerifiedToken;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One live connection of a device. Frames come on its I/O thread, one at a time; news from the log, answers and the
 * sweep come on others. State is guarded by the session; it is not held while a command is submitted, because answers
 * come back under the command's lock.
 */
public final class Session {
    private static final Logger LOGGER = LoggerFactory.getLogger(Session.class);

    private final String id;
    private final Socket socket;
    private final SessionServices services;
    private final SessionLimits limits;
    private final SessionRates rates;
    private final CommandDesk desk;
    private final Outbox outbox;
    private final AckWindow acks;
    private final Cursor cursor;
    private final long beganNanos;
    private SessionState state = new SessionState.AwaitingHello();
    private volatile long heardNanos;
    private volatile long messageBeganNanos = Long.MIN_VALUE;
    private volatile long closingNanos;

    Session(String id, Socket socket, SessionServices services) {
        this.id = id;
        this.socket = socket;
        this.services = services;
        this.limits = services.limits();
        this.beganNanos = services.nanos().getAsLong();
        this.heardNanos = beganNanos;
        this.rates = new SessionRates(limits, beganNanos);
        this.outbox = new Outbox(socket, limits.outboundBytes(), new Departures());
        this.acks = new AckWindow(limits.ackWithin().toNanos());
        this.cursor = new Cursor(limits.cursorEvery().toNanos());
        this.desk = new CommandDesk(this, services, rates);
    }

    public String id() {
        return id;
    }

    /** The user, once the token was good. */
    public synchronized @Nullable String user() {
        var asker = asker();
        return asker == null ? null : asker.user().value();
    }

    /** How large a frame may be now. */
    public synchronized int maxFrameBytes() {
        return isWelcomed() ? limits.maxFrameBytes() : limits.maxHelloBytes();
    }

    /** A frame of any kind begins; false if there were too many: the session is closed then and the frame is not to be read. */
    public boolean onFrameBegins(boolean message) {
        long now = services.nanos().getAsLong();
        heardNanos = now;
        if (message) {
            messageBeganNanos = now;
        }
        if (!rates.frame(now)) {
            close(CloseCode.RATE_IGNORED);
            return false;
        }
        return true;
    }

    /** A text message is complete. */
    public void onText(byte[] utf8) {
        messageBeganNanos = Long.MIN_VALUE;
        var read = FrameReader.read(utf8);
        var frame = read.frame();
        if (isClosed()) {
            return;
        }
        if (frame == null) {
            var refused = read.refused();
            onBadFrame(read.ref(), refused == null ? new RefusedException(ErrorCode.BAD_FRAME, "") : refused);
            return;
        }
        if (inState(SessionState.AwaitingHello.class)) {
            onFirstFrame(frame);
            return;
        }
        onFrame(frame);
    }

    /** The frame was larger than {@link #maxFrameBytes}. */
    public void onTooLarge() {
        close(CloseCode.TOO_LARGE);
    }

    /** A binary message came. */
    public void onBinary() {
        close(CloseCode.UNSUPPORTED);
    }

    /** The connection is gone, whoever ended it. */
    public void onDisconnected() {
        end(1006);
    }

    private void onFirstFrame(ClientFrame frame) {
        if (frame.type() != ClientFrame.Type.HELLO) {
            close(CloseCode.UNAUTHENTICATED);
            return;
        }
        try {
            var hello = FrameReader.hello(frame);
            synchronized (this) {
                if (state instanceof SessionState.AwaitingHello awaiting) {
                    state = awaiting.onHello(hello, services.nanos().getAsLong());
                }
            }
            if (services.current().isReady()) {
                services.authenticator().check(hello.token(), new Registration(hello));
            } else {
                close(CloseCode.TRY_LATER);
            }
        } catch (RefusedException e) {
            refuse(frame.ref(), e.code(), e.sentence(), null);
        }
    }

    private void onFrame(ClientFrame frame) {
        try {
            switch (frame.type()) {
                case PING -> send(ServerFrames.pong(frame.ref()));
                case HELLO -> refuse(frame.ref(), ErrorCode.INVALID, "this session has said hello before", null);
                case AUTH -> renew(frame);
                case ACK -> acknowledge(frame);
                case SEND,
                        EDIT,
                        RECALL,
                        REACT,
                        READ,
                        SETTINGS,
                        DELETE,
                        BLOCK,
                        UNBLOCK,
                        UNSCHEDULE,
                        TYPING,
                        PRESENCE -> {
                    var asker = openAsker();
                    if (asker == null) {
                        refuse(frame.ref(), ErrorCode.INVALID, "commands are taken after welcome", null);
                    } else if (frame.type() == ClientFrame.Type.TYPING) {
                        desk.onTyping(frame, asker);
                    } else if (frame.type() == ClientFrame.Type.PRESENCE) {
                        desk.onPresence(frame, asker);
                    } else {
                        desk.onCommand(frame, asker);
                    }
                }
            }
        } catch (RefusedException e) {
            refuse(frame.ref(), e.code(), e.sentence(), null);
        }
    }

    private void onBadFrame(@Nullable Long ref, RefusedException refused) {
        refuse(ref, refused.code(), refused.sentence(), null);
        if (inState(SessionState.AwaitingHello.class)) {
            finish(CloseCode.UNAUTHENTICATED);
        } else if (refused.code() != ErrorCode.UNKNOWN_TYPE
                && !rates.badFrame(services.nanos().getAsLong())) {
            // A type that is not known yet is no sign of a broken client: newer ones stay connected.
            finish(CloseCode.BAD_FRAMES);
        }
    }

    private void renew(ClientFrame frame) throws RefusedException {
        services.authenticator().check(FrameReader.token(frame), new Renewal(frame.ref()));
    }

    private void acknowledge(ClientFrame frame) throws RefusedException {
        var ack = FrameReader.ack(frame);
        boolean pushed;
        synchronized (this) {
            pushed = isWelcomed()
                    && acks.acknowledge(ack.position(), services.nanos().getAsLong());
            if (pushed && ack.stored() != null) {
                cursor.stored(ack.stored());
            }
        }
        if (!pushed) {
            refuse(frame.ref(), ErrorCode.INVALID, "position was not pushed to this session", null);
        }
    }

    /** The registration went through the log: from here on every entry is pushed. */
    public void onWelcome(Welcome welcome) {
        long now = services.nanos().getAsLong();
        byte[] frame;
        synchronized (this) {
            if (!(state instanceof SessionState.Registering registering)) {
                return;
            }
            state = registering.onWelcome(welcome);
            acks.begin(welcome.getHead(), now);
            frame = ServerFrames.welcome(
                    welcome,
                    services.clock().millis(),
                    registering.token().expiresAt().toEpochMilli(),
                    limits.told());
        }
        services.metrics().welcomed(now - beganNanos);
        LOGGER.atDebug().addKeyValue("sessionId", id).log("session welcomed");
        send(frame);
    }

    /** An entry of the user's timeline, in the lane's order. */
    public void onEntry(Entry entry) {
        synchronized (this) {
            if (!isWelcomed() || !acks.push(entry)) {
                return;
            }
        }
        if (!outbox.offer(entry)) {
            close(CloseCode.TOO_SLOW);
        }
    }

    /** Something that is told once, or never: left out where the device is behind or much waits already. */
    public void onSignal(byte[] frame) {
        boolean behind;
        synchronized (this) {
            if (!isWelcomed()) {
                return;
            }
            behind = acks.isBehind();
        }
        if (behind || !outbox.offerUnlessBusy(frame)) {
            services.metrics().signalDropped();
        }
    }

    /** The log says that this session is over, for example because a newer one replaced it. */
    public void onCloseOrdered(int code, String reason) {
        outbox.finish(code, reason);
        end(code);
    }

    /** Tokens were revoked: checks its own again. */
    public void onRevocations() {
        VerifiedToken token;
        synchronized (this) {
            token = token();
        }
        if (token != null && services.authenticator().isRevoked(token)) {
            close(CloseCode.UNAUTHENTICATED);
        }
    }

    /** Announces the end; answers are still given until {@link #finish}. */
    public void onGoaway(long reconnectAfterMs) {
        synchronized (this) {
            if (state instanceof SessionState.Open open) {
                state = open.onGoaway();
            }
        }
        send(ServerFrames.goaway(reconnectAfterMs));
    }

    /** Looks at everything that depends on time; called several times a second. */
    void sweep(long now) {
        if (isClosed()) {
            if (now - closingNanos > limits.closeWithin().toNanos()) {
                socket.abort();
            }
            return;
        }
        long messageBegan = messageBeganNanos;
        if (messageBegan != Long.MIN_VALUE
                && now - messageBegan > limits.messageWithin().toNanos()) {
            close(CloseCode.TIMED_OUT);
        } else if (now - heardNanos > 2 * limits.heartbeat().toNanos()) {
            close(CloseCode.TIMED_OUT);
        } else if (inState(SessionState.AwaitingHello.class)
                && now - beganNanos > limits.helloWithin().toNanos()) {
            close(CloseCode.TIMED_OUT);
        } else if (welcomeIsLate(now)) {
            close(CloseCode.TRY_LATER);
        } else if (isExpired()) {
            close(CloseCode.UNAUTHENTICATED);
        } else {
            judgeAcks(now);
            writeCursor(now);
        }
    }

    /** The check of the token counts too: it may wait for others, or for keys. */
    private synchronized boolean welcomeIsLate(long now) {
        long since;
        if (state instanceof SessionState.Verifying verifying) {
            since = verifying.sinceNanos();
        } else if (state instanceof SessionState.Registering registering) {
            since = registering.sinceNanos();
        } else {
            return false;
        }
        return now - since > limits.welcomeWithin().toNanos();
    }

    private synchronized boolean isExpired() {
        var token = token();
        Instant now = services.clock().instant();
        return token != null && now.isAfter(token.expiresAt().plus(limits.tokenGrace()));
    }

    private void judgeAcks(long now) {
        AckWindow.Verdict verdict;
        synchronized (this) {
            verdict = acks.judge(now);
        }
        if (verdict instanceof AckWindow.Verdict.GiveUp) {
            close(CloseCode.TIMED_OUT);
        } else if (verdict instanceof AckWindow.Verdict.Again again) {
            services.metrics().resent(again.entries().size());
            for (var entry : again.entries()) {
                if (!outbox.offer(entry)) {
                    close(CloseCode.TOO_SLOW);
                    return;
                }
            }
            if (again.head() != null) {
                send(ServerFrames.head(again.head()));
            }
        }
    }

    private void writeCursor(long now) {
        synchronized (this) {
            if (state instanceof SessionState.Open open) {
                cursor.due(now).ifPresent(position -> services.log()
                        .stored(open.life(), open.asker(), position, () -> !isClosed()));
            }
        }
    }

    /** Sends an error frame: refused before the log. */
    void refuse(@Nullable Long ref, ErrorCode code, String message, @Nullable Long retryAfterMs) {
        services.metrics().error(code);
        send(ServerFrames.error(ref, code, message, retryAfterMs));
    }

    void send(byte[] frame) {
        if (!outbox.offer(frame)) {
            close(CloseCode.TOO_SLOW);
        }
    }

    /** Closes at once; frames that wait are dropped. */
    public void close(CloseCode code) {
        outbox.finishNow(code.code(), code.reason());
        end(code.code());
    }

    /** Closes after the frames that wait. */
    public void finish(CloseCode code) {
        outbox.finish(code.code(), code.reason());
        end(code.code());
    }

    private void end(int code) {
        SessionState before;
        synchronized (this) {
            before = state;
            if (before instanceof SessionState.Closed) {
                return;
            }
            closingNanos = services.nanos().getAsLong();
            state = new SessionState.Closed();
            logEnd(before);
        }
        services.metrics().closed(code);
        LOGGER.atDebug().addKeyValue("sessionId", id).addKeyValue("code", code).log("session ended");
    }

    private void logEnd(SessionState before) {
        if (before instanceof SessionState.Registering registering) {
            services.log().closed(registering.life(), registering.asker());
        } else if (before instanceof SessionState.Open open) {
            cursor.last().ifPresent(p -> services.log().stored(open.life(), open.asker(), p, () -> true));
            services.log().closed(open.life(), open.asker());
        } else if (before instanceof SessionState.Draining draining) {
            services.log().closed(draining.life(), draining.asker());
        }
    }

    synchronized boolean isClosed() {
        return state instanceof SessionState.Closed;
    }

    private synchronized boolean inState(Class<? extends SessionState> type) {
        return type.isInstance(state);
    }

    private boolean isWelcomed() {
        return state instanceof SessionState.Open || state instanceof SessionState.Draining;
    }

    private synchronized @Nullable Asker openAsker() {
        return isWelcomed() ? asker() : null;
    }

    private @Nullable Asker asker() {
        if (state instanceof SessionState.Registering registering) {
            return registering.asker();
        }
        if (state instanceof SessionState.Open open) {
            return open.asker();
        }
        return state instanceof SessionState.Draining draining ? draining.asker() : null;
    }

    private @Nullable VerifiedToken token() {
        if (state instanceof SessionState.Registering registering) {
            return registering.token();
        }
        if (state instanceof SessionState.Open open) {
            return open.token();
        }
        return state instanceof SessionState.Draining draining ? draining.token() : null;
    }

    /** The token of the hello was checked. */
    private final class Registration implements Authenticator.Outcome {
        private final FrameReader.Hello hello;

        Registration(FrameReader.Hello hello) {
            this.hello = hello;
        }

        @Override
        public boolean isWanted() {
            return !isClosed();
        }

        @Override
        public void onVerified(VerifiedToken token) {
            var life = services.current().get();
            if (life.isEmpty()) {
                close(CloseCode.TRY_LATER);
                return;
            }
            var asker = new Asker(token.user(), hello.device(), id, Authenticator.isService(token));
            boolean offered;
            synchronized (Session.this) {
                if (!(state instanceof SessionState.Verifying verifying)) {
                    return;
                }
                state = verifying.onVerified(token, asker, life.get());
                offered = services.log()
                        .opened(life.get(), asker, hello.attempt(), limits.sessionsPerUser(), () -> !isClosed());
            }
            if (!offered) {
                close(CloseCode.TRY_LATER);
            }
        }

        @Override
        public void onRejected(TokenRejectedException.Reason reason) {
            LOGGER.atDebug()
                    .addKeyValue("sessionId", id)
                    .addKeyValue("reason", reason)
                    .log("token rejected");
            // Keys that cannot be fetched say nothing about the token.
            close(
                    reason == TokenRejectedException.Reason.KEYS_UNAVAILABLE
                            ? CloseCode.TRY_LATER
                            : CloseCode.UNAUTHENTICATED);
        }

        @Override
        public void onBusy() {
            close(CloseCode.TRY_LATER);
        }
    }

    /** A token that came on an open session was checked. */
    private final class Renewal implements Authenticator.Outcome {
        private final @Nullable Long ref;

        Renewal(@Nullable Long ref) {
            this.ref = ref;
        }

        @Override
        public boolean isWanted() {
            return !isClosed();
        }

        @Override
        public void onVerified(VerifiedToken token) {
            boolean same;
            synchronized (Session.this) {
                var asker = asker();
                same = asker != null && asker.user().equals(token.user());
                if (same && state instanceof SessionState.Open open) {
                    state = open.onRenewed(token);
                }
            }
            if (same) {
                send(ServerFrames.authed(ref, token.expiresAt().toEpochMilli()));
            } else {
                close(CloseCode.UNAUTHENTICATED);
            }
        }

        @Override
        public void onRejected(TokenRejectedException.Reason reason) {
            if (reason == TokenRejectedException.Reason.KEYS_UNAVAILABLE) {
                refuse(ref, ErrorCode.UNAVAILABLE, "the token cannot be checked now", 1000L);
            } else {
                close(CloseCode.UNAUTHENTICATED);
            }
        }

        @Override
        public void onBusy() {
            refuse(ref, ErrorCode.OVERLOADED, "too many tokens wait to be checked", 1000L);
        }
    }

    /** What became of frames. */
    private final class Departures implements Outbox.Listener {
        @Override
        public void onEntriesSent(List<Entry> entries) {
            services.metrics().pushed(entries.size());
            synchronized (Session.this) {
                acks.sent(entries, services.nanos().getAsLong());
            }
        }

        @Override
        public void onSendFailed() {
            close(CloseCode.TOO_SLOW);
        }
    }
}
