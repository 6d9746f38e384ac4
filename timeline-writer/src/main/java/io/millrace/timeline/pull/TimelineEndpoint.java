package io.millrace.timeline.pull;

import io.millrace.timeline.cassandra.TimelineReads;
import io.millrace.timeline.timeline.TimelineHead;

/** {@code GET /v1/timeline}: entries after a position, contiguous or shorter, never with a hole. */
final class TimelineEndpoint implements Endpoint {
    static final int DEFAULT_LIMIT = 200;
    static final int MAX_LIMIT = 500;

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
        var page = new TimelinePage(
                request.user(), after, chunk -> slices.load(request.user(), TimelinePage.wanted(chunk)));
        if (after < head.position()) {
            long last = Math.min(after + limit, head.position());
            page.fill(timelines.rows(request.user(), head.epoch(), after + 1, last), last);
        }
        if (page.stopped() && page.parts().count() == 0 && !lastTry) {
            return new Answer.NotYet();
        }
        return answer(head, atLeast, page);
    }

    private static Answer answer(TimelineHead head, long atLeast, TimelinePage page) {
        long next = page.next();
        boolean behind = page.stopped() || atLeast > head.position();
        return new Answer.Page(JsonPage.buffer(out -> {
            out.writeStartObject();
            out.writeStringField("epoch", head.epoch());
            out.writeNumberField("head", head.position());
            PageJson.array(out, "entries", page.parts());
            out.writeNumberField("next", next);
            out.writeBooleanField("more", next < head.position() || (behind && next < atLeast));
            if (behind) {
                out.writeNumberField("retryAfterMs", PageJson.RETRY_AFTER_MS);
            }
            out.writeEndObject();
        }));
    }
}
