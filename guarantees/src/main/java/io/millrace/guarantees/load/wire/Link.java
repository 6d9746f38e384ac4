package io.millrace.guarantees.load.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, on its reactor's thread: {@code connecting ─▶ upgrading ─▶ open ─▶ closed}. Everything is called on it. */
public final class Link {
    /** The connection ended without a close frame. */
    public static final int ABNORMAL = 1006;

    private static final Logger LOGGER = LoggerFactory.getLogger(Link.class);
    private static final byte[] NOTHING = new byte[0];
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final Reactor reactor;
    private final Handshake handshake;
    private final Listener listener;
    private final Deque<ByteBuffer> outgoing = new ArrayDeque<>();
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private State state = State.CONNECTING;
    private byte[] leftOver = NOTHING;
    private boolean deaf;

    private enum State {
        CONNECTING,
        UPGRADING,
        OPEN,
        CLOSED
    }

    /** Hears what happens; after {@code onRefused} or {@code onClosed} nothing more. */
    public interface Listener {
        void onOpen(Link link);

        /** The server answered with something else than an upgrade; {@code retryAfterMs} is 0 if it named no time. */
        void onRefused(Link link, int status, long retryAfterMs);

        /** A text message, lent for the time of the call. */
        void onText(Link link, byte[] bytes, int offset, int length);

        /** @param code of the close frame, or {@link #ABNORMAL} */
        void onClosed(Link link, int code);
    }

    private Link(Reactor reactor, Handshake handshake, Listener listener) {
        this.reactor = reactor;
        this.handshake = handshake;
        this.listener = listener;
    }

    static Link open(
            Reactor reactor, Selector selector, InetSocketAddress server, Handshake handshake, Listener listener) {
        var link = new Link(reactor, handshake, listener);
        try {
            var opened = SocketChannel.open();
            link.channel = opened;
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            // Ended by a reset: thousands of ended connections would block their ports for a minute otherwise.
            opened.setOption(StandardSocketOptions.SO_LINGER, 0);
            if (handshake.receiveBytes() > 0) {
                opened.setOption(StandardSocketOptions.SO_RCVBUF, handshake.receiveBytes());
            }
            boolean connected = opened.connect(server);
            link.key = opened.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, link);
            if (connected) {
                link.upgrade();
            }
        } catch (IOException e) {
            reactor.execute(() -> link.end(ABNORMAL)); // not before the caller has the link
        }
        return link;
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** Sends a text message, or nothing if the link is not open. */
    public void send(byte[] utf8) {
        if (state == State.OPEN) {
            write(Frames.masked(Frames.TEXT, utf8));
        }
    }

    /** From now on nothing is read: what the server sends piles up on its side. */
    public void deafen() {
        deaf = true;
        interest();
    }

    /** Ends the connection as a cut cable does: the listener hears nothing more. */
    public void cut() {
        state = State.CLOSED;
        release();
    }

    void onReady() {
        try {
            var open = channel;
            var ready = key;
            if (open == null || ready == null) {
                return;
            }
            if (ready.isConnectable() && open.finishConnect()) {
                upgrade();
            }
            if (ready.isValid() && ready.isWritable()) {
                flush();
            }
            if (ready.isValid() && ready.isReadable()) {
                read(open);
            }
        } catch (IOException | CancelledKeyException e) {
            end(ABNORMAL);
        }
    }

    private void upgrade() {
        state = State.UPGRADING;
        write(ByteBuffer.wrap(handshake.request()));
    }

    private void read(SocketChannel from) throws IOException {
        var bytes = reactor.incoming();
        bytes.clear();
        bytes.put(leftOver);
        leftOver = NOTHING;
        int count = from.read(bytes);
        if (count < 0) {
            end(ABNORMAL);
            return;
        }
        bytes.flip();
        if (state == State.UPGRADING && !takeAnswer(bytes)) {
            return;
        }
        if (!Frames.take(bytes, this::onFrame)) {
            end(ABNORMAL);
        } else if (bytes.hasRemaining()) {
            leftOver = new byte[bytes.remaining()];
            bytes.get(leftOver);
        }
    }

    /** Takes the answer's head off the buffer; false if there is nothing more to do with what was read. */
    private boolean takeAnswer(ByteBuffer bytes) {
        var text = StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
        int end = text.indexOf(END_OF_HEAD);
        if (end < 0) {
            leftOver = new byte[bytes.remaining()];
            bytes.get(leftOver);
            return false;
        }
        var answer = Handshake.Answer.of(text.substring(0, end));
        if (answer.status() != 101) {
            state = State.CLOSED;
            release();
            listener.onRefused(this, answer.status(), answer.retryAfterMs());
            return false;
        }
        bytes.position(end + END_OF_HEAD.length());
        state = State.OPEN;
        listener.onOpen(this);
        return true;
    }

    private void onFrame(int opcode, byte[] bytes, int offset, int length) {
        if (state != State.OPEN) {
            return;
        }
        switch (opcode) {
            case Frames.TEXT -> listener.onText(this, bytes, offset, length);
            case Frames.PING -> write(Frames.masked(Frames.PONG, copy(bytes, offset, length)));
            case Frames.CLOSE -> {
                write(Frames.masked(Frames.CLOSE, copy(bytes, offset, Math.min(2, length))));
                end(length < 2 ? ABNORMAL : ByteBuffer.wrap(bytes, offset, 2).getShort() & 0xFFFF);
            }
            default -> {} // a pong that nobody asked for
        }
    }

    private static byte[] copy(byte[] bytes, int offset, int length) {
        var copy = new byte[length];
        System.arraycopy(bytes, offset, copy, 0, length);
        return copy;
    }

    private void write(ByteBuffer bytes) {
        outgoing.addLast(bytes);
        if (outgoing.size() == 1) {
            try {
                flush();
            } catch (IOException e) {
                // Not from within the caller's turn: it may be about to send more.
                reactor.execute(() -> end(ABNORMAL));
            }
        }
    }

    private void flush() throws IOException {
        var to = channel;
        while (to != null && !outgoing.isEmpty()) {
            to.write(outgoing.getFirst());
            if (outgoing.getFirst().hasRemaining()) {
                break;
            }
            outgoing.removeFirst();
        }
        interest();
    }

    private void interest() {
        var mine = key;
        if (mine != null && mine.isValid() && state != State.CONNECTING) {
            int reads = deaf ? 0 : SelectionKey.OP_READ;
            int writes = outgoing.isEmpty() ? 0 : SelectionKey.OP_WRITE;
            if (mine.interestOps() != (reads | writes)) {
                mine.interestOps(reads | writes);
            }
        }
    }

    private void end(int code) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        release();
        listener.onClosed(this, code);
    }

    private void release() {
        outgoing.clear();
        leftOver = NOTHING;
        var mine = key;
        if (mine != null) {
            mine.cancel();
        }
        var open = channel;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOGGER.atDebug().addKeyValue("error", e.toString()).log("socket not closed in good order");
            }
        }
    }
}
