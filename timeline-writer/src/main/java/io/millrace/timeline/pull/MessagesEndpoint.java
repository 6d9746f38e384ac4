package io.millrace.timeline.pull;

import io.millrace.timeline.cassandra.ConversationReads;
import io.millrace.timeline.conversation.Content;
import io.millrace.timeline.conversation.Visibility;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * {@code GET /v1/conversations/{id}/messages}: messages as they stand now, newest first before a seq (or from the end),
 * oldest first after one.
 */
final class MessagesEndpoint implements Endpoint {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private final ConversationReads reads;
    private final ConversationAccess access;

    MessagesEndpoint(ConversationReads reads, ConversationAccess access) {
        this.reads = reads;
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
        var seqs = seqs(following, forward ? after : before, limit);
        var parts = new PartList();
        boolean pending = fill(parts, request.user(), granted.conversation(), seqs, visibility);
        if (pending && parts.count() == 0 && !lastTry) {
            return new Answer.NotYet();
        }
        boolean more = parts.count() < seqs.size()
                || (!seqs.isEmpty() && following.applyAsLong(seqs.get(seqs.size() - 1)) > 0);
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

    private static List<Long> seqs(LongUnaryOperator following, long start, int limit) {
        var seqs = new ArrayList<Long>();
        for (long seq = following.applyAsLong(start);
                seq > 0 && seqs.size() < limit;
                seq = following.applyAsLong(seq)) {
            seqs.add(seq);
        }
        return seqs;
    }

    /** Whether the page ends before a message whose content is younger than the applied version. */
    private boolean fill(PartList parts, String user, String conversation, List<Long> seqs, Visibility visibility) {
        if (seqs.isEmpty()) {
            return false;
        }
        var messages = reads.messages(conversation, new HashSet<>(seqs));
        for (long seq : seqs) {
            var message = messages.get(seq);
            if (message != null && Content.of(message, visibility) == Content.PENDING) {
                return true;
            }
            if (!parts.add(JsonPage.bytes(out -> MessageJson.write(out, user, seq, message, visibility)))) {
                return false;
            }
        }
        return false;
    }
}
