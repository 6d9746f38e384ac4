package io.millrace.timeline.pull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.timeline.conversation.ConversationHead;
import io.millrace.timeline.conversation.RowKind;
import io.millrace.timeline.conversation.Visibility;
import io.millrace.timeline.timeline.Counts;
import io.millrace.timeline.timeline.TimelineRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one page: contiguous from its first position on. It ends early at a hole, before an entry whose
 * conversation is not applied that far, and where its bytes are full. Not thread-safe.
 */
final class TimelinePage {
    /** Bodies are loaded for so many entries at a time: a page of great bodies ends before all are loaded. */
    private static final int CHUNK = 100;
    /** For entries without a conversation: nothing of any conversation is needed, and nothing is hidden. */
    private static final Slice NO_SLICE =
            new Slice(Visibility.all(new ConversationHead(Long.MAX_VALUE, 0, 0, null, 0)), Map.of(), Map.of());

    private final String user;
    private final long after;
    private final Function<List<TimelineRow>, Map<String, Slice>> load;
    private final PartList parts = new PartList();
    private boolean stopped;

    /** @param load gives the slices that these rows need, by conversation */
    TimelinePage(String user, long after, Function<List<TimelineRow>, Map<String, Slice>> load) {
        this.user = user;
        this.after = after;
        this.load = load;
    }

    /** @param rows those that are stored from {@code after + 1} through {@code last}, in order */
    void fill(List<TimelineRow> rows, long last) {
        for (int from = 0; from < rows.size(); from += CHUNK) {
            var chunk = rows.subList(from, Math.min(rows.size(), from + CHUNK));
            var slices = load.apply(chunk);
            for (var row : chunk) {
                var conversation = row.conversation();
                var slice = conversation == null ? NO_SLICE : slices.getOrDefault(conversation, NO_SLICE);
                var facts = EventFacts.of(row);
                if (row.position() != next() + 1 || EventJson.pending(facts, slice)) {
                    stopped = true;
                    return;
                }
                if (!parts.add(entry(row, facts, slice))) {
                    return;
                }
            }
        }
        stopped = next() < last;
    }

    PartList parts() {
        return parts;
    }

    /** The last position served. */
    long next() {
        return after + parts.count();
    }

    /** Whether it ended before something that the store does not have yet. */
    boolean stopped() {
        return stopped;
    }

    /** What of which conversation these rows need. */
    static Map<String, Slices.Wanted> wanted(List<TimelineRow> rows) {
        var wanted = new HashMap<String, Slices.Wanted>();
        for (var row : rows) {
            var conversation = row.conversation();
            var version = row.version();
            if (conversation == null || version == null) {
                continue;
            }
            var what = wanted.computeIfAbsent(conversation, c -> new Slices.Wanted());
            var facts = EventFacts.of(row);
            var seq = row.seq();
            if (facts.needsMessage() && seq != null) {
                what.seqs().add(seq);
            }
            if (facts.needsEvent()) {
                what.versions().add(version);
            }
            if (row.kind() == RowKind.SCHEDULED) {
                what.scheduled().add(version);
            }
        }
        return wanted;
    }

    private static void counts(JsonGenerator out, @Nullable Counts counts) throws IOException {
        if (counts != null) {
            out.writeNumberField("unread", counts.unread());
            out.writeNumberField("unreadMentions", counts.unreadMentions());
            out.writeNumberField("totalUnread", counts.totalUnread());
            if (counts.request()) {
                out.writeBooleanField("request", true);
            }
        }
    }

    private byte[] entry(TimelineRow row, EventFacts facts, Slice slice) {
        return JsonPage.bytes(out -> {
            out.writeStartObject();
            out.writeNumberField("position", row.position());
            out.writeStringField("conversation", row.conversation() == null ? "" : row.conversation());
            EventJson.number(out, "version", row.version());
            out.writeNumberField("at", row.atMs());
            counts(out, row.counts());
            out.writeFieldName("event");
            EventJson.write(out, user, facts, slice);
            out.writeEndObject();
        });
    }
}
