package io.millrace.client.frame;

/** The server wrote something that the protocol does not know. The message never quotes content. */
public final class MalformedFrameException extends RuntimeException {
    public MalformedFrameException(String message) {
        super(message);
    }
}
