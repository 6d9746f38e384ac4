package io.millrace.timeline.pull;

import io.millrace.service.bodies.Bodies;
import io.millrace.timeline.cassandra.ConversationReads;
import io.millrace.timeline.conversation.StoredMessage;
import io.millrace.timeline.conversation.WaitingMessage;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages of the store with their bodies in the clear. One whose body nobody can read any more comes as it is stored, and
 * is shown as unreadable.
 */
final class ReadableMessages {
    private final ConversationReads reads;
    private final Bodies bodies;

    ReadableMessages(ConversationReads reads, Bodies bodies) {
        this.reads = reads;
        this.bodies = bodies;
    }

    /**
     * By seq, as they stand now.
     *
     * @throws io.millrace.service.bodies.KeysBehindException if a key is not known, and may come yet
     */
    Map<Long, StoredMessage> messages(String conversation, Collection<Long> seqs) {
        return each(reads.messages(conversation, seqs), message -> clear(message.bodyKey(), message.body())
                .map(message::inTheClear)
                .orElse(message));
    }

    /** By version, those of one user that wait for their time. */
    Map<Long, WaitingMessage> waiting(String conversation, String user) {
        return each(reads.waiting(conversation, user), message -> clear(message.bodyKey(), message.body())
                .map(message::inTheClear)
                .orElse(message));
    }

    private Optional<ByteBuffer> clear(@Nullable String keyId, @Nullable ByteBuffer body) {
        return keyId == null || body == null || !body.hasRemaining() ? Optional.empty() : bodies.decrypt(keyId, body);
    }

    private static <T> Map<Long, T> each(Map<Long, T> stored, Function<T, T> change) {
        var changed = new HashMap<Long, T>(stored);
        changed.replaceAll((number, message) -> change.apply(message));
        return changed;
    }
}
