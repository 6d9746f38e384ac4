package io.millrace.timeline.conversation;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as it stands now.
 *
 * @param version version of the event that posted it
 * @param body JSON text; empty once it was recalled, null once it has expired
 * @param bodyKey id of the key the body is encrypted with, null in the clear
 * @param editedVersion last edit, 0 if there is none
 * @param recalledVersion recall, 0 if there is none
 * @param reactions by "user emoji": the version at which it was set, negative when that took it back
 */
public record StoredMessage(
        long seq,
        long version,
        String messageId,
        String from,
        @Nullable String device,
        @Nullable String clientMessageId,
        long atMs,
        @Nullable ByteBuffer body,
        @Nullable String bodyKey,
        @Nullable Long replyTo,
        List<String> mentions,
        long editedVersion,
        long editedAtMs,
        long recalledVersion,
        long recalledAtMs,
        @Nullable String recalledBy,
        Map<String, Long> reactions,
        boolean mentionAll,
        Traits traits) {

    /** The same with its body decrypted. */
    public StoredMessage inTheClear(ByteBuffer decrypted) {
        return new StoredMessage(
                seq,
                version,
                messageId,
                from,
                device,
                clientMessageId,
                atMs,
                decrypted,
                null,
                replyTo,
                mentions,
                editedVersion,
                editedAtMs,
                recalledVersion,
                recalledAtMs,
                recalledBy,
                reactions,
                mentionAll,
                traits);
    }

    public boolean recalled() {
        return recalledVersion > 0;
    }

    public boolean edited() {
        return editedVersion > 0;
    }

    /** The version that gave it the content it has now. */
    public long contentVersion() {
        return Math.max(version, Math.max(editedVersion, recalledVersion));
    }

    @Override
    public String toString() {
        return "StoredMessage[seq=" + seq + ", version=" + version + "]";
    }
}
