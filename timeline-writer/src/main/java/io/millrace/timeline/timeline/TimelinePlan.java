package io.millrace.timeline.timeline;

import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.timeline.conversation.RowKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the next entries of one user cause: timeline rows in any order, then together the state of each touched
 * conversation (the last one only) and the head. An entry that could not be decoded, or a position that the log does not
 * have, becomes a row of kind {@code unreadable}. Entries with a stamp at or before the head's are a replay.
 */
public final class TimelinePlan {
    /** A greater hole is no accident of one record: the log and the store do not belong together. */
    static final long MAX_HOLE = 1_000;

    private final String user;
    private final List<TimelineRow> rows = new ArrayList<>();
    private final Map<String, UserConversation> conversations = new LinkedHashMap<>();
    private final List<SeqException> exceptions = new ArrayList<>();
    private final List<Contact> contacts = new ArrayList<>();
    private TimelineHead head;
    private int unreadable;
    private int brokenLinks;

    private TimelinePlan(String user, TimelineHead head) {
        this.user = user;
        this.head = head;
    }

    /**
     * @param head how far the timeline is written before these records
     * @param currentEpoch numbering for an unreadable first entry
     * @param records of this user in the order of the log
     * @throws IllegalStateException if the log lacks more positions than an accident explains
     */
    public static TimelinePlan of(String user, TimelineHead head, String currentEpoch, List<LoggedEntry> records) {
        var plan = new TimelinePlan(user, head);
        for (var record : records) {
            var entry = record.entry();
            if (entry == null) {
                plan.addUnreadable(record, currentEpoch);
            } else {
                plan.add(record, entry);
            }
        }
        return plan;
    }

    public String user() {
        return user;
    }

    public List<TimelineRow> rows() {
        return rows;
    }

    /** The last state of every conversation that these entries touch. */
    public Collection<UserConversation> conversations() {
        return conversations.values();
    }

    /** Messages that the user does not see as the others do. */
    public List<SeqException> exceptions() {
        return exceptions;
    }

    /** What became of contacts, in order. */
    public List<Contact> contacts() {
        return contacts;
    }

    /** The head to raise once all rows are written. */
    public TimelineHead head() {
        return head;
    }

    /** Rows of kind unreadable among the rows. */
    public int unreadable() {
        return unreadable;
    }

    /** Entries whose chained hash does not follow from its predecessor's. */
    public int brokenLinks() {
        return brokenLinks;
    }

    private void addUnreadable(LoggedEntry record, String currentEpoch) {
        if (record.offset() > head.offset()) {
            if (head.epoch().isEmpty()) {
                head = new TimelineHead(currentEpoch, 0, 1, 0, head.hash(), -1);
            }
            fill(record.atMs());
            head = new TimelineHead(head.epoch(), head.position(), head.oldest(), head.stamp(), null, record.offset());
        }
    }

    private void add(LoggedEntry record, TimelineEntry e) {
        if (e.getStamp() > head.stamp()) {
            boolean sameNumbering = e.getEpoch().equals(head.epoch());
            if (sameNumbering) {
                closeHole(record, e);
                var previous = head.hash();
                if (previous != null && !ChainHash.next(previous, e).equals(e.getHash())) {
                    brokenLinks++;
                }
            }
            long oldest = sameNumbering ? head.oldest() : e.getPosition();
            head = new TimelineHead(e.getEpoch(), e.getPosition(), oldest, e.getStamp(), e.getHash(), record.offset());
        }
        rows.add(row(e));
        addException(e);
        Contact.of(e).ifPresent(contacts::add);
        conversations.merge(e.getConversation(), state(e), TimelinePlan::later);
    }

    private void addException(TimelineEntry e) {
        var seq = e.getSeq();
        boolean deleted = e.getKind() == EventKind.SETTINGS;
        if (seq != null && (deleted || e.getHidden())) {
            exceptions.add(
                    new SeqException(e.getUser(), e.getConversation(), seq, e.getStamp(), deleted, e.getHidden()));
        }
    }

    private void closeHole(LoggedEntry record, TimelineEntry e) {
        if (e.getPosition() - head.position() > MAX_HOLE) {
            throw new IllegalStateException("timeline-entries lacks positions " + (head.position() + 1) + " to "
                    + (e.getPosition() - 1) + " of " + user
                    + "; log and store do not belong together, see the runbook on rebuilding the store");
        }
        while (head.position() + 1 < e.getPosition()) {
            fill(record.atMs());
        }
    }

    /** Takes the next position for something that cannot be read; its stamp lies below any later repair's. */
    private void fill(long atMs) {
        unreadable++;
        head = new TimelineHead(
                head.epoch(), head.position() + 1, head.oldest(), head.stamp() + 1, null, head.offset());
        rows.add(new TimelineRow(
                user,
                head.epoch(),
                head.position(),
                head.stamp(),
                RowKind.UNREADABLE,
                null,
                null,
                null,
                null,
                null,
                null,
                atMs,
                0,
                null,
                null,
                null,
                false));
    }

    private static TimelineRow row(TimelineEntry e) {
        return new TimelineRow(
                e.getUser(),
                e.getEpoch(),
                e.getPosition(),
                e.getStamp(),
                RowKind.of(e.getKind()),
                e.getConversation(),
                e.getVersion(),
                e.getSeq(),
                e.getFrom(),
                e.getDevice(),
                e.getClientMessageId(),
                e.getAt().toEpochMilli(),
                e.getReadSeq(),
                e.getHash(),
                counts(e),
                e.getKind() == EventKind.SETTINGS ? KeptSettings.of(e.getSettings()) : null,
                e.getHidden());
    }

    private static @Nullable Counts counts(TimelineEntry e) {
        return e.getUnread() < 0
                ? null
                : new Counts(e.getUnread(), e.getUnreadMentions(), e.getTotalUnread(), e.getRequest());
    }

    private static UserConversation state(TimelineEntry e) {
        var left = e.getLeftVersion();
        return new UserConversation(
                e.getUser(),
                e.getConversation(),
                e.getStamp(),
                e.getLastSeq(),
                e.getVersion(),
                e.getReadSeq(),
                e.getJoinedVersion(),
                left == null ? 0 : left,
                e.getVersion() == null ? null : e.getAt().toEpochMilli(),
                e.getPosition(),
                counts(e),
                KeptSettings.of(e.getSettings()),
                (e.getKind() == EventKind.SETTINGS && e.getSeq() != null) ? Boolean.TRUE : null);
    }

    /** The later state, which keeps from the earlier one what a read says nothing about. */
    private static UserConversation later(UserConversation earlier, UserConversation later) {
        return new UserConversation(
                later.user(),
                later.conversation(),
                later.stamp(),
                later.lastSeq(),
                later.lastVersion() == null ? earlier.lastVersion() : later.lastVersion(),
                later.readSeq(),
                later.joinedVersion(),
                later.leftVersion(),
                later.updatedAtMs() == null ? earlier.updatedAtMs() : later.updatedAtMs(),
                later.position(),
                later.counts(),
                later.settings(),
                later.hasDeleted() == null ? earlier.hasDeleted() : later.hasDeleted());
    }
}
