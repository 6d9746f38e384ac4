package io.millrace.router.conversation;

import io.millrace.schemas.record.JoinRule;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.state.MessageState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event says beyond its command. Absent values say nothing.
 *
 * @param muted who may not send until {@code until}; empty for everybody but owner and admins
 * @param link id of a join link
 * @param until end of a mute or of a link; null where it ends at once
 * @param targetVersion version of the SCHEDULED event that is over now
 * @param code why a scheduled message could not be posted
 * @param expiresAt end of the message that is edited
 */
record Said(
        List<MemberRef> added,
        List<String> removed,
        @Nullable String title,
        @Nullable String announcement,
        @Nullable JoinRule joinRule,
        List<String> muted,
        @Nullable String link,
        @Nullable Instant until,
        @Nullable Long targetVersion,
        @Nullable String code,
        @Nullable Instant expiresAt) {
    static final Said NOTHING =
            new Said(List.of(), List.of(), null, null, null, List.of(), null, null, null, null, null);

    static Said members(List<MemberRef> added, List<String> removed, @Nullable String title) {
        return new Said(added, removed, title, null, null, List.of(), null, null, null, null, null);
    }

    static Said group(@Nullable String title, @Nullable String announcement, @Nullable JoinRule joinRule) {
        return new Said(List.of(), List.of(), title, announcement, joinRule, List.of(), null, null, null, null, null);
    }

    static Said muted(List<String> users, @Nullable Instant until) {
        return new Said(List.of(), List.of(), null, null, null, users, null, until, null, null, null);
    }

    static Said link(String link, @Nullable Instant until) {
        return new Said(List.of(), List.of(), null, null, null, List.of(), link, until, null, null, null);
    }

    static Said over(long scheduledVersion, @Nullable String code) {
        return new Said(List.of(), List.of(), null, null, null, List.of(), null, null, scheduledVersion, code, null);
    }

    static Said edited(MessageState message) {
        var expiresAt = message.getExpiresAt() == 0 ? null : Instant.ofEpochMilli(message.getExpiresAt());
        return new Said(List.of(), List.of(), null, null, null, List.of(), null, null, null, null, expiresAt);
    }
}
