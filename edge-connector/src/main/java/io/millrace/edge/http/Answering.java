package io.millrace.edge.http;

import io.undertow.server.HttpServerExchange;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with a request where its connection is served. An exchange of Undertow is for one thread at a time: an answer
 * that another thread gives while the connection's own one is still behind the request can be lost, and its connection
 * then ends without one.
 */
final class Answering {
    private static final Logger LOGGER = LoggerFactory.getLogger(Answering.class);

    private Answering() {}

    /** Runs it on the connection's thread, after what that is doing now; not at all if the server has ended. Any thread. */
    static void later(HttpServerExchange exchange, Runnable answer) {
        try {
            exchange.getIoThread().execute(answer);
        } catch (RejectedExecutionException e) {
            LOGGER.atDebug().log("not answered, the server has ended");
        }
    }
}
