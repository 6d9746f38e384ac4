package io.millrace.guarantees.check;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.TimelineEntry;

/** Versions, seqs and positions are 1, 2, 3 … in the order of the log. */
final class Numbered implements Rule {
    @Override
    public void check(Evidence evidence, Log log, Findings findings) {
        log.conversations().forEach((conversation, events) -> {
            var where = "log " + conversation;
            Numbering.of(events.stream().map(ConversationEvent::getVersion).toList())
                    .reportTo(findings, Flaw.SEQ_TWICE, where, "version");
            Numbering.of(events.stream()
                            .filter(event -> event.getKind() == EventKind.MESSAGE)
                            .map(Numbered::seq)
                            .toList())
                    .reportTo(findings, Flaw.SEQ_TWICE, where, "seq");
        });
        log.timelines().forEach((user, entries) -> Numbering.of(
                        entries.stream().map(TimelineEntry::getPosition).toList())
                .reportTo(findings, Flaw.SEQ_TWICE, "timeline " + user, "position"));
    }

    private static long seq(ConversationEvent message) {
        return message.getSeq() == null ? 0 : message.getSeq();
    }
}
