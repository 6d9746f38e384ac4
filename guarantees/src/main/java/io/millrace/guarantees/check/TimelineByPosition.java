package io.millrace.guarantees.check;

import io.millrace.guarantees.history.Line.Delivered;
import io.millrace.schemas.record.TimelineEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Holds what a device was told against its user's timeline. */
final class TimelineByPosition {
    private static final String UNREADABLE = "unreadable";

    private final Map<Long, TimelineEntry> entries = new HashMap<>();

    TimelineByPosition(List<TimelineEntry> timeline) {
        timeline.forEach(entry -> entries.putIfAbsent(entry.getPosition(), entry));
    }

    void compare(String where, Delivered told, Log log, Findings findings) {
        var what = told.kind() + " " + told.conversation() + " version " + told.version() + " at position "
                + told.position();
        var version = told.version();
        if (version != null
                && !log.events(told.conversation()).isEmpty()
                && !log.members(told.conversation()).entitles(told.user(), version)) {
            findings.report(Flaw.LEAK, where, what + " is for members alone");
            return;
        }
        var entry = entries.get(told.position());
        if (entry == null) {
            findings.report(Flaw.PHANTOM, where, what + " is in no log");
            return;
        }
        if (told.kind().equals(UNREADABLE) && isWithheld(told, entry, log)) {
            compareUnread(where, what, told, entry, findings);
            return;
        }
        if (!told.conversation().equals(entry.getConversation())
                || !Objects.equals(version, entry.getVersion())
                || !told.kind().equals(entry.getKind().name().toLowerCase(Locale.ROOT))
                || (told.seq() != null && !told.seq().equals(entry.getSeq()))) {
            findings.report(
                    Flaw.VIEWS_DIFFER,
                    where,
                    what + " seq " + told.seq() + "; the log has " + entry.getKind() + " " + entry.getConversation()
                            + " version " + entry.getVersion() + " seq " + entry.getSeq());
            return;
        }
        compareUnread(where, what, told, entry, findings);
        compareMessage(where, what, told, log, findings);
    }

    /** Nobody is shown what became of a message while it was away, and what it saw last is not kept. */
    private static boolean isWithheld(Delivered told, TimelineEntry entry, Log log) {
        var message = log.message(entry.getConversation(), entry.getSeq());
        return message != null
                && entry.getVersion() != null
                && entry.getVersion().equals(told.version())
                && !log.members(entry.getConversation()).entitles(told.user(), message.contentVersion());
    }

    private static void compareUnread(
            String where, String what, Delivered told, TimelineEntry entry, Findings findings) {
        boolean otherUnread = told.unread() != null && told.unread() != entry.getUnread();
        boolean otherTotal = told.totalUnread() != null && told.totalUnread() != entry.getTotalUnread();
        if (otherUnread || otherTotal) {
            findings.report(
                    Flaw.WRONG_UNREAD,
                    where,
                    what + ": told " + told.unread() + " of " + told.totalUnread() + ", the log has "
                            + entry.getUnread() + " of " + entry.getTotalUnread());
        }
    }

    private static void compareMessage(String where, String what, Delivered told, Log log, Findings findings) {
        boolean hasBody = told.kind().equals("message") || told.kind().equals("edited");
        var message = log.message(told.conversation(), told.seq());
        if (!hasBody || message == null || told.version() == null) {
            return;
        }
        var members = log.members(told.conversation());
        if (!message.mayShow(told.version(), version -> members.entitles(told.user(), version), told.bodyHash())) {
            boolean hidden = message.everWas(told.bodyHash());
            findings.report(
                    hidden ? Flaw.LEAK : Flaw.ALTERED,
                    where,
                    what + (hidden ? " shows what others saw alone" : " has a body that nobody sent"));
        }
        if (told.messageId() != null
                && !told.messageId().equals(message.posted().getMessageId())) {
            findings.report(Flaw.VIEWS_DIFFER, where, what + " has another messageId than the log");
        }
    }
}
