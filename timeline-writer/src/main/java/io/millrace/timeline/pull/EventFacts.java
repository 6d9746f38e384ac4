package io.millrace.timeline.pull;

import io.millrace.timeline.conversation.ConversationRow;
import io.millrace.timeline.conversation.RowKind;
import io.millrace.timeline.timeline.KeptSettings;
import io.millrace.timeline.timeline.TimelineRow;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of a timeline and an event of a conversation have in common.
 *
 * @param told whether it stands in the viewer's own timeline, or could
 */
record EventFacts(
        RowKind kind,
        @Nullable Long version,
        @Nullable Long seq,
        @Nullable String from,
        @Nullable String device,
        @Nullable String clientMessageId,
        @Nullable KeptSettings settings,
        boolean hidden,
        boolean told) {
    static EventFacts of(TimelineRow row) {
        return new EventFacts(
                row.kind(),
                row.version(),
                row.seq(),
                row.from(),
                row.device(),
                row.clientMessageId(),
                row.settings(),
                row.hidden(),
                true);
    }

    /** @param told whether the viewer is one of those to whom the event was told, where not everybody is */
    static EventFacts of(ConversationRow.Event row, boolean told) {
        return new EventFacts(
                row.kind(),
                row.version(),
                row.seq(),
                row.from(),
                row.device(),
                row.clientMessageId(),
                null,
                false,
                told);
    }

    /** Whether the body of a message belongs to it. */
    boolean needsMessage() {
        return kind == RowKind.MESSAGE || kind == RowKind.EDITED;
    }

    /** Whether the event's own row is needed. */
    boolean needsEvent() {
        return switch (kind) {
            case REACTION, MEMBERS, CONVERSATION, MUTED, DISSOLVED, LINK, SCHEDULED, UNSCHEDULED -> true;
            case MESSAGE, EDITED, RECALLED, READ, BLOCKED, UNBLOCKED, SETTINGS, UNREADABLE -> false;
        };
    }
}
