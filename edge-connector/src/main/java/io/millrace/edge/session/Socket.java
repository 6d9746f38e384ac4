package io.millrace.edge.session;

import io.millrace.edge.protocol.CloseCode;

/** The wire under a session. Thread-safe. */
public interface Socket {
    /** Told once, on any thread, possibly before {@link Socket#send} returns. */
    @FunctionalInterface
    interface Sent {
        /** @param ok false if the frame did not leave in time or the connection broke */
        void onSent(boolean ok);
    }

    /** Sends one text frame. The next one is given only after this one was reported. */
    void send(byte[] utf8, Sent sent);

    /** Starts the closing handshake; the connection ends when the peer answers. */
    void close(int code, String reason);

    default void close(CloseCode code) {
        close(code.code(), code.reason());
    }

    /** Ends the connection now. */
    void abort();
}
