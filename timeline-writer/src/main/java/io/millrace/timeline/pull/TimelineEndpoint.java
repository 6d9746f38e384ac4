package io.millrace.timeline.pull;

import io.millrace.timeline.cassandra.TimelineReads;
import io.millrace.timeline.conversation.ConversationHead;
import io.millrace.timeline.conversation.Visibility;
import io.millrace.timeline.timeline.TimelineHead;
import io.millrace.timeline.timeline.TimelineRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /v1/timeline}: entries after a position, contiguous or shorter, never with a hole. */
final class TimelineEndpoint implements Endpoint {
    static final int DEFAULT_LIMIT = 200;
    static final int MAX_LIMIT = 500;
    /** Bodies are loaded for so many entries at a time: a page of great bodies ends before all are loaded. */
    private static final int CHUNK = 100;
    /** For entries without a conversation: nothing of any conversation is needed, and nothing is hidden. */
    private static final Slice NO_SLICE =
            new Slice(Visibility.all(new ConversationHead(Long.MAX_VALUE, 0, 0, null, 0)), Map.of(), Map.of());

    private final TimelineReads timelines;
    private final Slices slices;
    private final String epoch;

    /** @param epoch the numbering that is in force */
    TimelineEndpoint(TimelineReads timelines, Slices slices, String epoch) {
        this.timelines = timelines;
        this.slices = slices;
        this.epoch = epoch;
    }

    @Override
    public Answer answer(PullRequest request, boolean lastTry) {
        var parameters = request.parameters();
        long after = parameters.number("after", 0, 0, Long.MAX_VALUE);
        int limit = (int) parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        long atLeast = parameters.number("atLeast", 0, 0, Long.MAX_VALUE);
        var askedEpoch = parameters.text("epoch");
        if (after > 0 && askedEpoch == null) {
            throw new ProblemException(Problem.invalid("epoch is required when after is greater than 0"));
        }
        var head = timelines.head(request.user()).in(epoch);
        if ((askedEpoch != null && !askedEpoch.equals(head.epoch())) || after + 1 < head.oldest()) {
            throw new ProblemException(Problem.reset(head.epoch(), head.oldest(), head.position()));
        }
        if (atLeast > head.position() && !lastTry) {
            return new Answer.NotYet();
        }
        var parts = new PartList();
        boolean pending = fill(parts, request.user(), head, after, limit);
        if (pending && parts.count() == 0 && !lastTry) {
            return new Answer.NotYet();
        }
        return page(head, after, atLeast, parts, pending);
    }

    /** Whether the page ends before an entry whose conversation is not applied that far, or at a hole. */
    private boolean fill(PartList parts, String user, TimelineHead head, long after, int limit) {
        if (after >= head.position()) {
            return false;
        }
        long last = Math.min(after + limit, head.position());
        var rows = timelines.rows(user, head.epoch(), after + 1, last);
        for (int from = 0; from < rows.size(); from += CHUNK) {
            var chunk = rows.subList(from, Math.min(rows.size(), from + CHUNK));
            var loaded = slices.load(user, wanted(chunk));
            for (var row : chunk) {
                var conversation = row.conversation();
                var slice = conversation == null ? NO_SLICE : loaded.getOrDefault(conversation, NO_SLICE);
                var facts = EventFacts.of(row);
                if (row.position() != after + 1 + parts.count() || EventJson.pending(facts, slice)) {
                    return true;
                }
                if (!parts.add(entry(user, row, facts, slice))) {
                    return false;
                }
            }
        }
        return after + parts.count() < last;
    }

    private static Map<String, Slices.Wanted> wanted(List<TimelineRow> rows) {
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
        }
        return wanted;
    }

    private static byte[] entry(String user, TimelineRow row, EventFacts facts, Slice slice) {
        return JsonPage.bytes(out -> {
            out.writeStartObject();
            out.writeNumberField("position", row.position());
            out.writeStringField("conversation", row.conversation() == null ? "" : row.conversation());
            EventJson.number(out, "version", row.version());
            out.writeNumberField("at", row.atMs());
            out.writeFieldName("event");
            EventJson.write(out, user, facts, slice);
            out.writeEndObject();
        });
    }

    private static Answer page(TimelineHead head, long after, long atLeast, PartList parts, boolean pending) {
        long next = after + parts.count();
        return new Answer.Page(JsonPage.buffer(out -> {
            out.writeStartObject();
            out.writeStringField("epoch", head.epoch());
            out.writeNumberField("head", head.position());
            PageJson.array(out, "entries", parts);
            out.writeNumberField("next", next);
            boolean behind = pending || atLeast > head.position();
            out.writeBooleanField("more", next < head.position() || (behind && next < atLeast));
            if (behind) {
                out.writeNumberField("retryAfterMs", PageJson.RETRY_AFTER_MS);
            }
            out.writeEndObject();
        }));
    }
}
