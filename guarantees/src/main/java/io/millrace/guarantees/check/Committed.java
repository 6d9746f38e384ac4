package io.millrace.guarantees.check;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Rejection;
import io.millrace.schemas.record.TimelineEntry;
import java.util.List;

/** The public topics, committed records alone; those of one key in the order of the log. */
public record Committed(List<ConversationEvent> events, List<TimelineEntry> entries, List<Rejection> rejections) {
    public Committed {
        events = List.copyOf(events);
        entries = List.copyOf(entries);
        rejections = List.copyOf(rejections);
    }
}
