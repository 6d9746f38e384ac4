package io.millrace.router.user;

import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Settings;
import io.millrace.schemas.record.TimelineEntry;
import org.jspecify.annotations.Nullable;

/**
 * What one entry says of a conversation as its user has it: everything that the row after it depends on besides the row
 * before it. It can be read from the entry alone, which is how a row is made again.
 *
 * @param seq as in the entry
 * @param own whether the user caused it
 * @param uncounted whether it is a message that does not count as unread
 * @param settings all of them, after it; null while they are as at first
 */
record RowChange(
        EventKind kind,
        @Nullable Long seq,
        long lastSeq,
        long readSeq,
        long joinedVersion,
        @Nullable Long leftVersion,
        boolean own,
        boolean mentioned,
        boolean hidden,
        boolean uncounted,
        @Nullable Settings settings) {

    static RowChange of(TimelineEntry e) {
        return new RowChange(
                e.getKind(),
                e.getSeq(),
                e.getLastSeq(),
                e.getReadSeq(),
                e.getJoinedVersion(),
                e.getLeftVersion(),
                e.getFrom().equals(e.getUser()),
                e.getMentioned(),
                e.getHidden(),
                e.getUncounted(),
                e.getSettings());
    }
}
