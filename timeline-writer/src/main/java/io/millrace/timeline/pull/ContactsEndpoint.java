package io.millrace.timeline.pull;

import io.millrace.schemas.id.ConversationId;
import io.millrace.timeline.cassandra.TimelineReads;
import io.millrace.timeline.timeline.UserConversation;
import java.util.Comparator;

/**
 * {@code GET /v1/contacts}: whom the user has among its contacts or calls by another name; after a position those alone
 * whose direct conversation has an entry since then, with what they are now, so that who was taken out is named too.
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
        var user = request.user();
        // the head first: every entry through it is then in the states
        long position = timelines.head(user).in(epoch).position();
        var contacts = timelines.conversations(user).stream()
                .filter(c -> isOther(c, user) && (after == 0 ? isKept(c) : c.position() > after))
                .sorted(Comparator.comparing(UserConversation::conversation))
                .toList();
        return new Answer.Page(JsonPage.buffer(out -> {
            out.writeStartObject();
            out.writeStringField("epoch", epoch);
            out.writeNumberField("position", position);
            out.writeArrayFieldStart("contacts");
            for (var c : contacts) {
                out.writeStartObject();
                out.writeStringField("user", other(c, user));
                out.writeStringField("alias", c.settings().alias());
                out.writeBooleanField("contact", c.settings().contact());
                out.writeNumberField("position", c.position());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }));
    }

    private static boolean isKept(UserConversation c) {
        return c.settings().contact() || !c.settings().alias().isEmpty();
    }

    private static boolean isOther(UserConversation c, String user) {
        return c.conversation().startsWith("d:") && !other(c, user).equals(user);
    }

    private static String other(UserConversation c, String user) {
        var id = new ConversationId(c.conversation());
        return id.first().value().equals(user)
                ? id.second().value()
                : id.first().value();
    }
}
