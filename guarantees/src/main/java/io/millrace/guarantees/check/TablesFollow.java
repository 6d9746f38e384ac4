package io.millrace.guarantees.check;

import io.millrace.guarantees.check.Tables.EntryRow;
import io.millrace.guarantees.check.Tables.EventRow;
import io.millrace.guarantees.check.Tables.MessageRow;
import io.millrace.schemas.record.TimelineEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The rows in Cassandra are those of the log: none is missing, none is too many, none says anything else. */
final class TablesFollow implements Rule {
    @Override
    public void check(Evidence evidence, Log log, Findings findings) {
        var tables = evidence.tables();
        both(
                findings,
                "table events_by_conversation",
                evidence.committed().events(),
                event -> event.getConversation() + " version " + event.getVersion(),
                tables.events(),
                row -> row.conversation() + " version " + row.version(),
                (event, row) -> compare(
                        findings,
                        "table events_by_conversation",
                        row,
                        new EventRow(
                                event.getConversation(),
                                event.getVersion(),
                                event.getSeq() != null ? event.getSeq() : event.getTargetSeq(),
                                Log.hex(event.getHash().bytes()))));
        both(
                findings,
                "table timelines_by_user",
                evidence.committed().entries(),
                entry -> entry.getUser() + " position " + entry.getPosition(),
                tables.entries(),
                row -> row.user() + " position " + row.position(),
                (entry, row) -> compare(findings, "table timelines_by_user", row, row(entry)));
        both(
                findings,
                "table messages_by_conversation",
                log.messages().values().stream()
                        .flatMap(of -> of.values().stream())
                        .toList(),
                message -> message.posted().getConversation() + " seq "
                        + message.posted().getSeq(),
                tables.messages(),
                row -> row.conversation() + " seq " + row.seq(),
                (message, row) -> compareMessage(findings, message, row));
        for (var row : tables.applied()) {
            long versions = log.events(row.conversation()).size();
            if (row.version() != versions) {
                findings.report(
                        row.version() < versions ? Flaw.LOST : Flaw.PHANTOM,
                        "table conversations",
                        row.conversation() + " is applied through " + row.version() + " of " + versions);
            }
        }
    }

    private static EntryRow row(TimelineEntry entry) {
        return new EntryRow(
                entry.getUser(),
                entry.getPosition(),
                entry.getConversation(),
                entry.getVersion(),
                entry.getSeq(),
                Log.hex(entry.getHash().bytes()),
                entry.getUnread(),
                entry.getTotalUnread());
    }

    private static void compareMessage(Findings findings, MessageLife message, MessageRow row) {
        var where = "table messages_by_conversation";
        var posted = message.posted();
        var expected = new MessageRow(
                posted.getConversation(),
                posted.getSeq() == null ? 0 : posted.getSeq(),
                posted.getVersion(),
                String.valueOf(posted.getMessageId()),
                posted.getFrom(),
                posted.getClientMessageId(),
                row.bodyHash());
        compare(findings, where, row, expected);
        if (!Objects.equals(row.bodyHash(), message.last())) {
            boolean known = row.bodyHash() == null || message.everWas(row.bodyHash());
            findings.report(
                    known ? Flaw.VIEWS_DIFFER : Flaw.ALTERED,
                    where,
                    row.conversation() + " seq " + row.seq() + " has not the body that stands");
        }
    }

    private static void compare(Findings findings, String where, Object row, Object expected) {
        if (!row.equals(expected)) {
            findings.report(Flaw.VIEWS_DIFFER, where, row + ", the log has " + expected);
        }
    }

    private static <L, R> void both(
            Findings findings,
            String where,
            List<L> log,
            Function<L, String> logKey,
            List<R> rows,
            Function<R, String> rowKey,
            BiConsumer<L, R> compare) {
        Map<String, R> byKey = new HashMap<>();
        rows.forEach(row -> byKey.put(rowKey.apply(row), row));
        for (L record : log) {
            var row = byKey.remove(logKey.apply(record));
            if (row == null) {
                findings.report(Flaw.LOST, where, logKey.apply(record) + " has no row");
            } else {
                compare.accept(record, row);
                byKey.put(logKey.apply(record), row);
            }
        }
        log.forEach(record -> byKey.remove(logKey.apply(record)));
        byKey.keySet().forEach(key -> findings.report(Flaw.PHANTOM, where, key + " is in no log"));
    }
}
