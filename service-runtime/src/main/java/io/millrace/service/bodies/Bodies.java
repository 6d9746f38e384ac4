package io.millrace.service.bodies;

import io.millrace.schemas.body.KeyRing;
import io.millrace.schemas.record.ConversationEvent;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads bodies as they stand in the log and in what was made of it. Thread-safe. */
public interface Bodies {
    /**
     * The body in the clear; empty where nobody can read it any more.
     *
     * @param keyId the key that it names
     * @throws KeysBehindException if that could not be found out in time
     */
    Optional<ByteBuffer> decrypt(String keyId, ByteBuffer body);

    /**
     * The event with its body in the clear and no key named; the event as it is where it has no encrypted body, or none
     * that can be read.
     *
     * @throws KeysBehindException if that could not be found out in time
     */
    default ConversationEvent readable(ConversationEvent event) {
        var keyId = event.getBodyKey();
        if (keyId == null || !event.getBody().hasRemaining()) {
            return event;
        }
        return decrypt(keyId, event.getBody())
                .map(body -> KeyRing.inTheClear(event, body))
                .orElse(event);
    }
}
