package io.millrace.router.conversation;

import io.millrace.router.runtime.SectionStore;
import io.millrace.router.runtime.StageStore;
import io.millrace.schemas.state.ConversationState;
import io.millrace.schemas.state.Members;
import io.millrace.schemas.state.MessageState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Counters, members and messages of conversations. Keys: conversation id; for messages the id, a zero byte and seq as 8
 * bytes big-endian; messages that wait for their time. Of the rest nothing is ever deleted.
 */
final class ConversationStateStore {
    private final SectionStore<String, ConversationState> counters;
    private final SectionStore<String, Members> members;
    private final SectionStore<byte[], MessageState> messages;
    private final WaitingStore waiting;

    ConversationStateStore(ProcessorContext<?, ?> context, StageStore store) {
        this.counters = store.open(context, ConversationStores.CONVERSATIONS);
        this.members = store.open(context, ConversationStores.MEMBERS);
        this.messages = store.open(context, ConversationStores.MESSAGES);
        this.waiting = new WaitingStore(
                store.open(context, ConversationStores.SCHEDULED),
                store.open(context, ConversationStores.SCHEDULED_BY_TIME));
    }

    ConversationState counters(String conversation) {
        return Objects.requireNonNullElseGet(counters.get(conversation), EventDraft::empty);
    }

    ConversationView view(String conversation, ConversationState state) {
        return new ConversationView(
                state.getLastSeq(),
                state.getLastVersion() + 1,
                members.get(conversation),
                seq -> message(conversation, seq),
                version -> waiting.get(conversation, version),
                user -> waiting.count(conversation, user));
    }

    /** Messages that wait for their time. */
    WaitingStore waiting() {
        return waiting;
    }

    void put(String conversation, ConversationState after) {
        counters.put(conversation, after);
    }

    void put(String conversation, Members after) {
        members.put(conversation, after);
    }

    void put(String conversation, long seq, MessageState after) {
        messages.put(key(conversation, seq), after);
    }

    private @Nullable MessageState message(String conversation, long seq) {
        return seq < 1 ? null : messages.get(key(conversation, seq));
    }

    static byte[] key(String conversation, long seq) {
        byte[] id = conversation.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(id.length + 9)
                .put(id)
                .put((byte) 0)
                .putLong(seq)
                .array();
    }
}
