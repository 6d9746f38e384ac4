package io.millrace.router.conversation;

import io.millrace.router.runtime.SectionStore;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait for their time: the SCHEDULED event by conversation id, a zero byte and version (8 bytes,
 * big-endian); and an index whose keys begin with the time (8 bytes, big-endian, milliseconds) and go on with that key.
 */
final class WaitingStore {
    private static final byte[] NOTHING = new byte[0];

    private final SectionStore<byte[], ConversationEvent> waiting;
    private final SectionStore<byte[], byte[]> byTime;

    WaitingStore(SectionStore<byte[], ConversationEvent> waiting, SectionStore<byte[], byte[]> byTime) {
        this.waiting = waiting;
        this.byTime = byTime;
    }

    /** A message of the index. */
    record Due(String conversation, long version) {}

    @Nullable
    ConversationEvent get(String conversation, long version) {
        return version < 1 ? null : waiting.get(ConversationStateStore.key(conversation, version));
    }

    int count(String conversation, String user) {
        int count = 0;
        byte[] from = ConversationStateStore.key(conversation, 0);
        byte[] to = ConversationStateStore.key(conversation, Long.MAX_VALUE);
        try (var range = waiting.range(from, to)) {
            while (range.hasNext()) {
                count += range.next().value.getFrom().equals(user) ? 1 : 0;
            }
        }
        return count;
    }

    /** A scheduled message waits; one that is posted or taken back does not any more. */
    void apply(ConversationEvent event) {
        if (event.getKind() == EventKind.SCHEDULED) {
            put(event);
        } else if (event.getTargetVersion() != null) {
            var over = get(event.getConversation(), event.getTargetVersion());
            if (over != null) {
                remove(over);
            }
        }
    }

    private void put(ConversationEvent scheduled) {
        waiting.put(ConversationStateStore.key(scheduled.getConversation(), scheduled.getVersion()), scheduled);
        byTime.put(timeKey(scheduled), NOTHING);
    }

    private void remove(ConversationEvent scheduled) {
        waiting.delete(ConversationStateStore.key(scheduled.getConversation(), scheduled.getVersion()));
        byTime.delete(timeKey(scheduled));
    }

    /** What is due at this time, the earliest first. */
    List<Due> due(long nowMs, int most) {
        var due = new ArrayList<Due>();
        try (var range = byTime.range(time(0), time(nowMs + 1))) {
            while (range.hasNext() && due.size() < most) {
                due.add(read(range.next().key));
            }
        }
        return due;
    }

    static byte[] timeKey(ConversationEvent scheduled) {
        byte[] key = ConversationStateStore.key(scheduled.getConversation(), scheduled.getVersion());
        return ByteBuffer.allocate(8 + key.length)
                .putLong(scheduled.getSendAt().toEpochMilli())
                .put(key)
                .array();
    }

    private static byte[] time(long ms) {
        return ByteBuffer.allocate(8).putLong(ms).array();
    }

    private static Due read(byte[] timeKey) {
        var key = Arrays.copyOfRange(timeKey, 8, timeKey.length);
        var id = new String(key, 0, key.length - 9, StandardCharsets.UTF_8);
        return new Due(id, ByteBuffer.wrap(key, key.length - 8, 8).getLong());
    }
}
