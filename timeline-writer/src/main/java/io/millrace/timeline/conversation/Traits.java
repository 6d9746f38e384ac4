package io.millrace.timeline.conversation;

import io.millrace.schemas.record.ConversationEvent;

/**
 * How a message is treated, which nothing changes after it was posted.
 *
 * @param expiresAtMs its body is not served from then on; 0: it is kept
 * @param expired whether that was so when it was read
 * @param uncounted does not count as unread
 * @param silent devices make no noise for it
 * @param scheduledVersion version of the event that scheduled it; 0: none did
 */
public record Traits(long expiresAtMs, boolean expired, boolean uncounted, boolean silent, long scheduledVersion) {
    /** Of most messages. */
    public static final Traits NONE = new Traits(0, false, false, false, 0);

    static Traits of(ConversationEvent e) {
        var version = e.getTargetVersion();
        return new Traits(expiresAtMs(e), false, !e.getCounted(), !e.getNotify(), version == null ? 0 : version);
    }

    static long expiresAtMs(ConversationEvent e) {
        return e.getExpiresAt() == null ? 0 : e.getExpiresAt().toEpochMilli();
    }
}
