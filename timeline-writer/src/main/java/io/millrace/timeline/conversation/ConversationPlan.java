package io.millrace.timeline.conversation;

import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.ConversationEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * What the next records of one conversation cause: rows in any order, then the head. A record that could not be decoded
 * and a version that the log does not have become rows of kind {@code unreadable}, so that no reader ever waits at a
 * hole. Versions at or before the head are a replay: their rows are written again, which changes nothing.
 */
public final class ConversationPlan {
    /** A greater hole is no accident of one record: the log and the store do not belong together. */
    static final long MAX_HOLE = 1_000;

    private final String conversation;
    private final List<ConversationRow> rows = new ArrayList<>();
    private ConversationHead head;
    private int unreadable;
    private int brokenLinks;

    private ConversationPlan(String conversation, ConversationHead head) {
        this.conversation = conversation;
        this.head = head;
    }

    /**
     * @param head how far the conversation is applied before these records
     * @param records of this conversation in the order of the log
     * @throws IllegalStateException if the log lacks more versions than an accident explains
     */
    public static ConversationPlan of(String conversation, ConversationHead head, List<LoggedEvent> records) {
        var plan = new ConversationPlan(conversation, head);
        for (var record : records) {
            var event = record.event();
            if (event == null) {
                plan.addUnreadable(record);
            } else {
                plan.add(record, event);
            }
        }
        return plan;
    }

    public String conversation() {
        return conversation;
    }

    public List<ConversationRow> rows() {
        return rows;
    }

    /** The head to raise once all rows are written. */
    public ConversationHead head() {
        return head;
    }

    /** Rows of kind unreadable among the rows. */
    public int unreadable() {
        return unreadable;
    }

    /** Events whose chained hash does not follow from its predecessor's. */
    public int brokenLinks() {
        return brokenLinks;
    }

    private void addUnreadable(LoggedEvent record) {
        if (record.offset() > head.offset()) {
            fill(record.atMs());
            head = new ConversationHead(head.version(), head.seq(), head.stamp(), null, record.offset());
        }
    }

    private void add(LoggedEvent record, ConversationEvent e) {
        if (e.getVersion() > head.version()) {
            if (e.getVersion() - head.version() > MAX_HOLE) {
                throw new IllegalStateException("conversation-events lacks versions " + (head.version() + 1) + " to "
                        + (e.getVersion() - 1) + " of " + conversation
                        + "; log and store do not belong together, see the runbook on rebuilding the store");
            }
            while (head.version() + 1 < e.getVersion()) {
                fill(record.atMs());
            }
            var previous = head.hash();
            if (previous != null && !ChainHash.next(previous, e).equals(e.getHash())) {
                brokenLinks++;
            }
            head = new ConversationHead(e.getVersion(), e.getLastSeq(), e.getStamp(), e.getHash(), record.offset());
        }
        EventRows.of(e, rows);
    }

    /** Takes the next version for something that cannot be read; its stamp lies below any later repair's. */
    private void fill(long atMs) {
        unreadable++;
        head = new ConversationHead(head.version() + 1, head.seq(), head.stamp() + 1, null, head.offset());
        rows.add(EventRows.unreadable(conversation, head, atMs));
    }
}
