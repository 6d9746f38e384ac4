package io.millrace.timeline.pull;

import io.millrace.timeline.cassandra.TimelineReads;
import io.millrace.timeline.conversation.Content;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * {@code GET /v1/conversations/{id}/messages}: messages as they stand now, newest first before a seq (or from the end),
 * oldest first after one.
 */
final class MessagesEndpoint implements Endpoint {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private final TimelineReads timelines;
    private final ReadableMessages stored;
    private final ConversationAccess access;

    MessagesEndpoint(TimelineReads timelines, ReadableMessages stored, ConversationAccess access) {
        this.timelines = timelines;
        this.stored = stored;
        this.access = access;
    }

    @Override
    public Answer answer(PullRequest request, boolean lastTry) {
        var parameters = request.parameters();
        long before = parameters.number("before", Long.MAX_VALUE, 1, Long.MAX_VALUE);
        long after = parameters.number("after", 0, 0, Long.MAX_VALUE);
        int limit = (int) parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        boolean forward = parameters.has("after");
        if (forward && parameters.has("before")) {
            throw new ProblemException(Problem.invalid("give before or after, not both"));
        }
        var access = this.access.of(request, lastTry);
        if (access.isEmpty()) {
            return new Answer.NotYet();
        }
        var granted = access.get();
        var visibility = granted.visibility();
        LongUnaryOperator following =
                forward ? seq -> visibility.seqAtOrAfter(seq + 1) : seq -> visibility.seqAtOrBefore(seq - 1);
        long cleared =
                timelines.settings(request.user(), granted.conversation()).clearedSeq();
        var walk = new ShownSeqs(
                seq -> aboveOrNone(following.applyAsLong(seq), cleared),
                (first, last) -> timelines.exceptions(request.user(), granted.conversation(), first, last));
        // one more than is served tells whether there are more
        var shown = walk.behind(forward ? Math.max(after, cleared) : before, limit + 1);
        var parts = new PartList();
        boolean pending = fill(parts, request.user(), granted, shown.subList(0, Math.min(limit, shown.size())));
        if (pending && parts.count() == 0 && !lastTry) {
            return new Answer.NotYet();
        }
        boolean more = parts.count() < shown.size();
        boolean behind = pending || granted.behind();
        return new Answer.Page(JsonPage.buffer(out -> {
            out.writeStartObject();
            PageJson.array(out, "messages", parts);
            out.writeBooleanField("more", more);
            if (behind) {
                out.writeNumberField("retryAfterMs", PageJson.RETRY_AFTER_MS);
            }
            out.writeEndObject();
        }));
    }

    /** 0, which is no seq, where the user has cleared the conversation through there. */
    private static long aboveOrNone(long seq, long cleared) {
        return seq > cleared ? seq : 0;
    }

    /** Whether the page ends before a message whose content is younger than the applied version. */
    private boolean fill(PartList parts, String user, ConversationAccess.Granted granted, List<ShownSeqs.Shown> shown) {
        if (shown.isEmpty()) {
            return false;
        }
        var visibility = granted.visibility();
        var seqs = shown.stream().map(ShownSeqs.Shown::seq).toList();
        var messages = stored.messages(granted.conversation(), seqs);
        for (var next : shown) {
            var message = messages.get(next.seq());
            if (message != null && Content.of(message, visibility) == Content.PENDING) {
                return true;
            }
            if (!parts.add(JsonPage.bytes(
                    out -> MessageJson.write(out, user, next.seq(), message, visibility, next.hidden())))) {
                return false;
            }
        }
        return false;
    }
}
