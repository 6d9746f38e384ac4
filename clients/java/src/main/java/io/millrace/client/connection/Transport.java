package io.millrace.client.connection;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * Opens sockets. The seam at which a test stands in for the network: it may lose, double, delay and reorder what goes
 * through, or cut a link at any time.
 */
@FunctionalInterface
public interface Transport {
    /** Subprotocol that every link speaks. */
    String SUBPROTOCOL = "millrace.v1.json";

    /** Close code that stands for a link which ended without saying why (RFC 6455, 7.4.1). */
    int ABNORMAL = 1006;

    /**
     * Opens a link. The future fails if it does not come about, and the receiver then hears nothing.
     *
     * @param receiver called from any thread, one call at a time
     */
    CompletableFuture<Link> open(URI uri, Receiver receiver);

    /** An open socket. Thread-safe; no method blocks or throws. */
    interface Link {
        /** Sends one text frame after those given before. A failure ends the link and is told to the receiver. */
        void send(String text);

        /** Says goodbye: a code that an application may use, 1000 or 3000 to 4999. */
        void close(int code, String reason);

        /** Cuts the socket. */
        void abort();
    }

    /** Hears what comes in. */
    interface Receiver {
        /** One whole text frame. */
        void onText(String text);

        /** The link has ended; called once, and nothing after it. */
        void onClosed(int code, String reason);
    }
}
