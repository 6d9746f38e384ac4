package io.millrace.timeline.pull;

import io.millrace.timeline.cassandra.ConversationReads;
import io.millrace.timeline.cassandra.TimelineReads;
import io.millrace.timeline.conversation.Content;
import io.millrace.timeline.conversation.Visibility;
import java.util.ArrayList;
import java.util.Collections;
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

    private final TimelineReads timelines;
    private final ConversationReads reads;
    private final ConversationAccess access;

    MessagesEndpoint(TimelineReads timelines, ConversationReads reads, ConversationAccess access) {
        this.timelines = timelines;
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
        long cleared =
                timelines.settings(request.user(), granted.conversation()).clearedSeq();
        LongUnaryOperator kept = seq -> aboveOrNone(following.applyAsLong(seq), cleared);
        var seqs = seqs(kept, forward ? Math.max(after, cleared) : before, limit);
        var parts = new PartList();
        var page = new Page(parts, request.user(), granted.conversation(), visibility);
        boolean pending = page.fill(seqs);
        if (pending && parts.count() == 0 && !lastTry) {
            return new Answer.NotYet();
        }
        boolean more =
                page.served < seqs.size() || (!seqs.isEmpty() && kept.applyAsLong(seqs.get(seqs.size() - 1)) > 0);
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

    /** 0, which is no seq, where the user has cleared the conversation through there. */
    private static long aboveOrNone(long seq, long cleared) {
        return seq > cleared ? seq : 0;
    }

    /** The messages of one answer; those that the user has deleted for itself are passed over. */
    private final class Page {
        private final PartList parts;
        private final String user;
        private final String conversation;
        private final Visibility visibility;
        private int served;

        Page(PartList parts, String user, String conversation, Visibility visibility) {
            this.parts = parts;
            this.user = user;
            this.conversation = conversation;
            this.visibility = visibility;
        }

        /** Whether the page ends before a message whose content is younger than the applied version. */
        boolean fill(List<Long> seqs) {
            if (seqs.isEmpty()) {
                return false;
            }
            var messages = reads.messages(conversation, new HashSet<>(seqs));
            var exceptions = timelines.exceptions(user, conversation, Collections.min(seqs), Collections.max(seqs));
            for (long seq : seqs) {
                var message = messages.get(seq);
                if (message != null && Content.of(message, visibility) == Content.PENDING) {
                    return true;
                }
                var exception = exceptions.get(seq);
                boolean deleted = exception != null && exception.deleted();
                boolean hidden = exception != null && exception.hidden();
                if (!deleted
                        && !parts.add(JsonPage.bytes(
                                out -> MessageJson.write(out, user, seq, message, visibility, hidden)))) {
                    return false;
                }
                served++;
            }
            return false;
        }
    }
}
