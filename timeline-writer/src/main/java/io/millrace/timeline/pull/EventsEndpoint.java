package io.millrace.timeline.pull;

import io.millrace.timeline.cassandra.ConversationReads;
import io.millrace.timeline.conversation.ConversationRow;
import io.millrace.timeline.conversation.MemberChange;
import io.millrace.timeline.conversation.Members;
import io.millrace.timeline.conversation.RowKind;
import io.millrace.timeline.conversation.Visibility;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** {@code GET /v1/conversations/{id}/events}: the events of a conversation after a version, in order. */
final class EventsEndpoint implements Endpoint {
    private static final int DEFAULT_LIMIT = 200;
    private static final int MAX_LIMIT = 500;
    private static final int CHUNK = 100;

    private final ConversationReads reads;
    private final ReadableMessages messages;
    private final ConversationAccess access;

    EventsEndpoint(ConversationReads reads, ReadableMessages messages, ConversationAccess access) {
        this.reads = reads;
        this.messages = messages;
        this.access = access;
    }

    @Override
    public Answer answer(PullRequest request, boolean lastTry) {
        var parameters = request.parameters();
        long after = parameters.number("after", 0, 0, Long.MAX_VALUE);
        int limit = (int) parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        var access = this.access.of(request, lastTry);
        if (access.isEmpty()) {
            return new Answer.NotYet();
        }
        var granted = access.get();
        var parts = new PartList();
        var progress = new Progress(after);
        fill(parts, progress, request.user(), granted, limit);
        if (progress.pending && parts.count() == 0 && !lastTry) {
            return new Answer.NotYet();
        }
        var visibility = granted.visibility();
        return new Answer.Page(JsonPage.buffer(out -> {
            out.writeStartObject();
            PageJson.array(out, "events", parts);
            out.writeNumberField("next", progress.version);
            out.writeNumberField("lastVersion", visibility.lastVersion());
            out.writeBooleanField("more", visibility.versionAtOrAfter(progress.version + 1) > 0);
            if (progress.pending || granted.behind()) {
                out.writeNumberField("retryAfterMs", PageJson.RETRY_AFTER_MS);
            }
            out.writeEndObject();
        }));
    }

    /** How far the page has come. */
    private static final class Progress {
        private long version;
        private boolean pending;

        Progress(long version) {
            this.version = version;
        }
    }

    private void fill(PartList parts, Progress progress, String user, ConversationAccess.Granted granted, int limit) {
        var visibility = granted.visibility();
        while (parts.count() < limit) {
            long first = visibility.versionAtOrAfter(progress.version + 1);
            if (first == 0) {
                return;
            }
            long last = Math.min(first + Math.min(CHUNK, limit - parts.count()) - 1, visibility.lastVersion());
            var rows = reads.events(granted.conversation(), first, last);
            var slice = slice(user, granted.conversation(), rows, visibility);
            var changes = changes(user, granted.conversation(), rows);
            long expected = first;
            for (var row : rows) {
                if (!visibility.sees(row.version())) {
                    // an interval of membership ends here; the next round begins with the following one
                    break;
                }
                var role = Members.after(row.version(), changes).get(user);
                var facts = EventFacts.of(row, Members.runs(role));
                if (row.version() != expected || EventJson.pending(facts, slice)) {
                    progress.pending = true;
                    return;
                }
                if (!parts.add(event(user, row, facts, slice))) {
                    return;
                }
                progress.version = row.version();
                expected++;
            }
            if (expected == first) {
                progress.pending = true;
                return;
            }
        }
    }

    /** The user's roles, where links are among the events: they belong to those who ran the group then. */
    private List<MemberChange> changes(String user, String conversation, List<ConversationRow.Event> rows) {
        return rows.stream().noneMatch(row -> row.kind() == RowKind.LINK)
                ? List.of()
                : reads.membership(List.of(conversation), user).getOrDefault(conversation, List.of());
    }

    private Slice slice(String user, String conversation, List<ConversationRow.Event> rows, Visibility visibility) {
        var seqs = new TreeSet<Long>();
        Map<Long, ConversationRow.Event> events = new HashMap<>();
        for (var row : rows) {
            events.put(row.version(), row);
            var seq = row.seq();
            if (EventFacts.of(row, false).needsMessage() && seq != null) {
                seqs.add(seq);
            }
        }
        boolean scheduled = rows.stream().anyMatch(row -> row.kind() == RowKind.SCHEDULED && user.equals(row.from()));
        return new Slice(
                visibility,
                seqs.isEmpty() ? Map.of() : messages.messages(conversation, seqs),
                events,
                scheduled ? messages.waiting(conversation, user) : Map.of());
    }

    private static byte[] event(String user, ConversationRow.Event row, EventFacts facts, Slice slice) {
        return JsonPage.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("conversation", row.conversation());
            out.writeNumberField("version", row.version());
            out.writeNumberField("at", row.atMs());
            out.writeFieldName("event");
            EventJson.write(out, user, facts, slice);
            out.writeEndObject();
        });
    }
}
