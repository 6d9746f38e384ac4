package io.millrace.guarantees.check;

import io.millrace.guarantees.history.Action;
import io.millrace.guarantees.history.Operation;
import io.millrace.guarantees.history.Outcome;
import io.millrace.schemas.record.TimelineEntry;
import java.util.HashMap;
import java.util.Map;

/** Unread counts are those of a count by hand, at every entry and in every list; no read mark that was taken is lost. */
final class CountedRight implements Rule {
    @Override
    public void check(Evidence evidence, Log log, Findings findings) {
        Map<String, UnreadCount> counts = new HashMap<>();
        log.timelines().forEach((user, entries) -> {
            var count = new UnreadCount(user);
            counts.put(user, count);
            for (TimelineEntry entry : entries) {
                count.apply(entry);
                compare(
                        findings,
                        "timeline " + user,
                        entry.getConversation() + " at position " + entry.getPosition(),
                        entry.getUnread() + " of " + entry.getTotalUnread(),
                        count.of(entry.getConversation()) + " of " + count.total());
            }
        });
        for (FreshDevice device : evidence.fresh()) {
            var count = counts.getOrDefault(device.user(), new UnreadCount(device.user()));
            device.boxes().forEach(box -> compareBox(findings, "conversations told to " + device.user(), box, count));
            compare(
                    findings,
                    "conversations told to " + device.user(),
                    "the total",
                    "" + device.totalUnread(),
                    "" + count.total());
        }
        evidence.tables()
                .boxes()
                .forEach(box -> compareBox(
                        findings,
                        "table conversations_by_user " + box.user(),
                        box,
                        counts.getOrDefault(box.user(), new UnreadCount(box.user()))));
        evidence.clients().operations().forEach(operation -> compareRead(operation, counts, findings));
    }

    private static void compareBox(Findings findings, String where, Box box, UnreadCount count) {
        compare(findings, where, box.conversation(), "" + box.unread(), "" + count.of(box.conversation()));
    }

    private static void compareRead(Operation operation, Map<String, UnreadCount> counts, Findings findings) {
        var conversation = operation.conversation();
        if (operation.action() != Action.READ
                || operation.outcome() != Outcome.OK
                || conversation == null
                || operation.targetSeq() == null) {
            return;
        }
        var count = counts.get(operation.user());
        if (count == null || count.readSeq(conversation) < operation.targetSeq()) {
            findings.report(Flaw.LOST, "timeline " + operation.user(), "the read mark of " + operation);
        }
    }

    private static void compare(Findings findings, String where, String what, String told, String counted) {
        if (!told.equals(counted)) {
            findings.report(Flaw.WRONG_UNREAD, where, what + ": told " + told + ", counted " + counted);
        }
    }
}
