package io.millrace.router.user;

import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Settings;
import io.millrace.schemas.state.UserConversation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as one user has it, and what follows from it: unread is the last seq less the read cursor, without what
 * is recalled, hidden or deleted above the cursor. Pure.
 */
final class ConversationRow {
    /** More exceptions than this above a cursor are not remembered; the oldest are forgotten, and count again. */
    static final int MOST_EXCEPTIONS = 1_000;

    private static final ByteBuffer NO_DRAFT = ByteBuffer.allocate(0);
    private static final Settings FIRST = new Settings(false, false, false, 0L, NO_DRAFT, false, "", false);
    private static final UserConversation NONE = new UserConversation(
            0L, 0L, 1L, null, List.of(), List.of(), false, false, false, 0L, NO_DRAFT, false, false, false, "", false);

    private ConversationRow() {}

    /** Before anything happened. */
    static UserConversation none() {
        return NONE;
    }

    /** The row after an entry; nothing but the two counts, so that a row can be made again from its entries. */
    static UserConversation after(@Nullable UserConversation row, RowChange change) {
        var before = row == null ? NONE : row;
        var gone = above(before.getGone(), change.readSeq());
        var mentions = above(before.getMentions(), change.readSeq());
        var seq = change.seq();
        if (seq != null && seq > change.readSeq()) {
            if (takesAway(change)) {
                gone = with(gone, seq);
                mentions = without(mentions, seq);
            } else if (change.kind() == EventKind.MESSAGE && change.mentioned() && !gone.contains(seq)) {
                mentions = with(mentions, seq);
            }
        }
        var settings = change.settings() == null ? FIRST : change.settings();
        return new UserConversation(
                change.lastSeq(),
                change.readSeq(),
                change.joinedVersion(),
                change.leftVersion(),
                gone,
                mentions,
                settings.getMuted(),
                settings.getPinned(),
                settings.getHidden(),
                settings.getClearedSeq(),
                settings.getDraft(),
                change.kind() == EventKind.BLOCKED || (before.getBlocks() && change.kind() != EventKind.UNBLOCKED),
                before.getWritten() || (change.own() && change.kind() == EventKind.MESSAGE),
                settings.getContact(),
                settings.getAlias(),
                settings.getInvisible());
    }

    /** Messages that count as unread. */
    static long unread(UserConversation row) {
        return Math.max(0, row.getLastSeq() - row.getReadSeq() - row.getGone().size());
    }

    /** The part of them that counts into the user's total. */
    static long counted(@Nullable UserConversation row) {
        return row == null || row.getMuted() ? 0 : unread(row);
    }

    static Settings settings(UserConversation row) {
        return new Settings(
                row.getMuted(),
                row.getPinned(),
                row.getHidden(),
                row.getClearedSeq(),
                row.getDraft(),
                row.getContact(),
                row.getAlias(),
                row.getInvisible());
    }

    /** As entries tell settings: null while they are all as at first. */
    static @Nullable Settings told(Settings settings) {
        return settings.equals(FIRST) ? null : settings;
    }

    private static boolean takesAway(RowChange change) {
        return change.kind() == EventKind.RECALLED
                || change.kind() == EventKind.SETTINGS
                || (change.kind() == EventKind.MESSAGE && (change.hidden() || change.uncounted()));
    }

    private static List<Long> above(List<Long> seqs, long readSeq) {
        return seqs.isEmpty() || seqs.get(0) > readSeq
                ? seqs
                : seqs.stream().filter(seq -> seq > readSeq).toList();
    }

    /** Ascending; the smallest falls out where there are too many. */
    private static List<Long> with(List<Long> seqs, Long seq) {
        int at = Collections.binarySearch(seqs, seq);
        if (at >= 0) {
            return seqs;
        }
        var more = new ArrayList<>(seqs);
        more.add(-at - 1, seq);
        return more.size() > MOST_EXCEPTIONS ? more.subList(1, more.size()) : more;
    }

    private static List<Long> without(List<Long> seqs, Long seq) {
        return seqs.contains(seq)
                ? seqs.stream().filter(each -> !each.equals(seq)).toList()
                : seqs;
    }
}
