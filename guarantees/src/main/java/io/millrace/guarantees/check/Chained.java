package io.millrace.guarantees.check;

import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.TimelineEntry;

/** Every event and every entry carries the hash that follows from its predecessor and itself. */
final class Chained implements Rule {
    @Override
    public void check(Evidence evidence, Log log, Findings findings) {
        log.conversations().forEach((conversation, events) -> {
            var previous = ChainHash.NONE;
            for (ConversationEvent event : events) {
                if (!ChainHash.next(previous, event).equals(event.getHash())) {
                    broken(findings, "log " + conversation, "version " + event.getVersion());
                }
                previous = event.getHash();
            }
        });
        log.timelines().forEach((user, entries) -> {
            var previous = ChainHash.NONE;
            for (TimelineEntry entry : entries) {
                if (!ChainHash.next(previous, entry).equals(entry.getHash())) {
                    broken(findings, "timeline " + user, "position " + entry.getPosition());
                }
                previous = entry.getHash();
            }
        });
    }

    private static void broken(Findings findings, String where, String what) {
        findings.report(Flaw.CHAIN_BROKEN, where, what + " does not follow from the one before");
    }
}
