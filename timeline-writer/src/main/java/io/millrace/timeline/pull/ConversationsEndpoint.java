package io.millrace.timeline.pull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.schemas.id.ConversationId;
import io.millrace.timeline.cassandra.ConversationReads;
import io.millrace.timeline.cassandra.TimelineReads;
import io.millrace.timeline.conversation.Content;
import io.millrace.timeline.conversation.Visibility;
import io.millrace.timeline.timeline.ConversationList;
import io.millrace.timeline.timeline.UserConversation;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/** {@code GET /v1/conversations}: what a user has, newest first, with unread counts and the last message of each. */
final class ConversationsEndpoint implements Endpoint {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private final TimelineReads timelines;
    private final ConversationReads conversations;
    private final Slices slices;
    private final String epoch;

    /** @param epoch the numbering that is in force */
    ConversationsEndpoint(TimelineReads timelines, ConversationReads conversations, Slices slices, String epoch) {
        this.timelines = timelines;
        this.conversations = conversations;
        this.slices = slices;
        this.epoch = epoch;
    }

    @Override
    public Answer answer(PullRequest request, boolean lastTry) {
        int limit = (int) request.parameters().number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        var cursorText = request.parameters().text("cursor");
        var cursor = cursorText == null ? null : ListCursor.decode(cursorText, epoch);
        // the head first: every entry through it is then in the states
        long head = timelines.head(request.user()).in(epoch).position();
        long position = cursor == null ? head : Math.min(head, cursor.position());
        var list = new ConversationList(timelines.conversations(request.user()));
        var shown = cursor == null
                ? list.first(limit + 1)
                : list.after(cursor.updatedAtMs(), cursor.conversation(), limit + 1);
        boolean more = shown.size() > limit;
        var page = more ? shown.subList(0, limit) : shown;
        var summaries = summaries(request.user(), page);
        var parts = new PartList();
        for (var c : page) {
            if (!parts.add(summary(request.user(), c, Objects.requireNonNull(summaries.get(c.conversation()))))) {
                more = true;
                break;
            }
        }
        var last = more ? page.get(parts.count() - 1) : null;
        return new Answer.Page(JsonPage.buffer(out -> {
            out.writeStartObject();
            out.writeStringField("epoch", epoch);
            out.writeNumberField("position", position);
            PageJson.array(out, "conversations", parts);
            out.writeNumberField("totalUnread", list.totalUnread());
            if (last == null) {
                out.writeNullField("cursor");
            } else {
                var next = new ListCursor(epoch, position, ConversationList.updatedAtMs(last), last.conversation());
                out.writeStringField("cursor", next.encode());
            }
            out.writeEndObject();
        }));
    }

    /** What is shown of a conversation besides the user's own state. */
    private record Summary(Optional<String> title, long lastSeq, Slice slice) {}

    private Map<String, Summary> summaries(String user, List<UserConversation> page) {
        var ids = page.stream().map(UserConversation::conversation).toList();
        var visibilities = slices.visibilities(user, ids);
        var titleVersions = ids.stream()
                .filter(id -> !id.startsWith("d:"))
                .collect(Collectors.toMap(id -> id, id -> Objects.requireNonNull(visibilities.get(id))
                        .lastVersion()));
        var titles = conversations.titles(titleVersions);
        var lastSeqs = new HashMap<String, Long>();
        var wanted = new HashMap<String, Slices.Wanted>();
        for (var c : page) {
            long last = lastShown(c, Objects.requireNonNull(visibilities.get(c.conversation())));
            lastSeqs.put(c.conversation(), last);
            var what = new Slices.Wanted();
            if (last > 0) {
                what.seqs().add(last);
            }
            wanted.put(c.conversation(), what);
        }
        var loaded = slices.load(user, wanted);
        var summaries = new HashMap<String, Summary>();
        for (var id : ids) {
            summaries.put(
                    id,
                    new Summary(
                            titles.getOrDefault(id, Optional.empty()),
                            lastSeqs.getOrDefault(id, 0L),
                            Objects.requireNonNull(loaded.get(id))));
        }
        return summaries;
    }

    /** Seq of the last message that is neither cleared nor deleted; 0 for none. */
    private long lastShown(UserConversation c, Visibility visibility) {
        long cleared = c.settings().clearedSeq();
        LongUnaryOperator before = seq -> {
            long found = visibility.seqAtOrBefore(seq - 1);
            return found > cleared ? found : 0;
        };
        long start = c.lastSeq() + 1;
        if (!Boolean.TRUE.equals(c.hasDeleted())) {
            return before.applyAsLong(start);
        }
        return new ShownSeqs(before, (first, last) -> timelines.exceptions(c.user(), c.conversation(), first, last))
                .behind(start, 1).stream()
                        .mapToLong(ShownSeqs.Shown::seq)
                        .findFirst()
                        .orElse(0);
    }

    private static byte[] summary(String user, UserConversation c, Summary summary) {
        return JsonPage.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("conversation", c.conversation());
            out.writeStringField(
                    "kind", new ConversationId(c.conversation()).kind().name().toLowerCase(Locale.ROOT));
            out.writeStringField("title", summary.title().orElse(null));
            out.writeNumberField("lastSeq", c.lastSeq());
            out.writeNumberField("lastVersion", Objects.requireNonNullElse(c.lastVersion(), 0L));
            out.writeNumberField("readSeq", c.readSeq());
            out.writeNumberField("unread", c.unread());
            out.writeNumberField("unreadMentions", c.unreadMentions());
            EventJson.settings(out, c.settings());
            if (c.request()) {
                out.writeBooleanField("request", true);
            }
            out.writeBooleanField("member", c.member());
            last(out, user, summary);
            out.writeNumberField("updatedAt", ConversationList.updatedAtMs(c));
            out.writeEndObject();
        });
    }

    /** The last message; null where there is none, or its newest content is not to be served yet. */
    private static void last(JsonGenerator out, String user, Summary summary) throws IOException {
        var visibility = summary.slice().visibility();
        var message = summary.slice().messages().get(summary.lastSeq());
        if (summary.lastSeq() == 0 || (message != null && Content.of(message, visibility) == Content.PENDING)) {
            out.writeNullField("last");
            return;
        }
        out.writeFieldName("last");
        MessageJson.write(out, user, summary.lastSeq(), message, visibility, false);
    }
}
