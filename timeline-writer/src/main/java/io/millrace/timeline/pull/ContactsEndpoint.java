package io.millrace.timeline.pull;

import io.millrace.timeline.cassandra.TimelineReads;
import io.millrace.timeline.timeline.ContactList;

/**
 * {@code GET /v1/contacts}: whom the user has among its contacts or calls by another name; after a position those alone
 * that were set since then, with what they are now, so that who was taken out is named too.
 */
final class ContactsEndpoint implements Endpoint {
    private final TimelineReads timelines;
    private final String epoch;

    /** @param epoch the numbering that is in force */
    ContactsEndpoint(TimelineReads timelines, String epoch) {
        this.timelines = timelines;
        this.epoch = epoch;
    }

    @Override
    public Answer answer(PullRequest request, boolean lastTry) {
        long after = request.parameters().number("after", 0, 0, Long.MAX_VALUE);
        // the head first: what every entry through it says of contacts is then there
        long position = timelines.head(request.user()).in(epoch).position();
        var list = new ContactList(timelines.contacts(request.user()), epoch);
        var told = after == 0 ? list.present() : list.since(after);
        return new Answer.Page(JsonPage.buffer(out -> {
            out.writeStartObject();
            out.writeStringField("epoch", epoch);
            out.writeNumberField("position", position);
            out.writeArrayFieldStart("contacts");
            for (var contact : told) {
                out.writeStartObject();
                out.writeStringField("user", contact.other());
                out.writeStringField("alias", contact.alias());
                out.writeBooleanField("contact", contact.contact());
                out.writeNumberField("position", list.position(contact));
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }));
    }
}
