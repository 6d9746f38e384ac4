package io.millrace.client.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may go with a message. Times are epoch milliseconds.
 *
 * @param replyTo seq of the message this one answers; null for none
 * @param mentions users that it names
 * @param mentionAll whether it names everybody; owner and admins only
 * @param expiresAtMs it is not shown any more from then on; null for never
 * @param sendAtMs it is posted then; null for at once
 */
public record SendOptions(
        @Nullable Long replyTo,
        List<String> mentions,
        boolean mentionAll,
        @Nullable Long expiresAtMs,
        @Nullable Long sendAtMs) {
    public static final SendOptions NONE = new SendOptions(null, List.of(), false, null, null);

    public SendOptions {
        mentions = List.copyOf(mentions);
    }

    public SendOptions replyingTo(@Nullable Long seq) {
        return new SendOptions(seq, mentions, mentionAll, expiresAtMs, sendAtMs);
    }

    public SendOptions mentioning(List<String> users) {
        return new SendOptions(replyTo, users, mentionAll, expiresAtMs, sendAtMs);
    }

    public SendOptions mentioningAll() {
        return new SendOptions(replyTo, mentions, true, expiresAtMs, sendAtMs);
    }

    public SendOptions expiringAt(@Nullable Long atMs) {
        return new SendOptions(replyTo, mentions, mentionAll, atMs, sendAtMs);
    }

    public SendOptions sentAt(@Nullable Long atMs) {
        return new SendOptions(replyTo, mentions, mentionAll, expiresAtMs, atMs);
    }

    /** What is not asked for is not named. */
    void writeTo(ObjectNode fields) {
        if (replyTo != null) {
            fields.put("replyTo", replyTo);
        }
        if (!mentions.isEmpty()) {
            mentions.forEach(fields.putArray("mentions")::add);
        }
        if (mentionAll) {
            fields.put("mentionAll", true);
        }
        if (expiresAtMs != null) {
            fields.put("expiresAt", expiresAtMs);
        }
        if (sendAtMs != null) {
            fields.put("sendAt", sendAtMs);
        }
    }
}
