package io.millrace.timeline.pull;

import io.millrace.service.bodies.Bodies;
import io.millrace.timeline.cassandra.TimelineStore;
import java.time.Clock;
import java.util.Optional;

/** Which endpoint a path belongs to. */
final class Routes {
    private static final String TIMELINE = "/v1/timeline";
    private static final String CONTACTS = "/v1/contacts";
    private static final String CONVERSATIONS = "/v1/conversations";

    private final Endpoint timeline;
    private final Endpoint conversations;
    private final Endpoint conversation;
    private final Endpoint messages;
    private final Endpoint events;
    private final Endpoint scheduled;
    private final Endpoint contacts;

    /** @param epoch the numbering that is in force */
    Routes(TimelineStore store, Bodies bodies, String epoch, Clock clock) {
        var readable = new ReadableMessages(store.conversationReads(), bodies);
        var slices = new Slices(store.conversationReads(), readable);
        var access = new ConversationAccess(slices);
        timeline = new TimelineEndpoint(store.timelineReads(), slices, epoch);
        conversations = new ConversationsEndpoint(store.timelineReads(), store.conversationReads(), slices, epoch);
        conversation = new ConversationEndpoint(store.conversationReads(), access, clock);
        messages = new MessagesEndpoint(store.timelineReads(), readable, access);
        events = new EventsEndpoint(store.conversationReads(), readable, access);
        scheduled = new ScheduledEndpoint(readable, access);
        contacts = new ContactsEndpoint(store.timelineReads(), epoch);
    }

    /**
     * A route that was found.
     *
     * @param conversation segment of the path; empty where it has none
     */
    record Match(Endpoint endpoint, String conversation) {}

    /** @param path decoded path of the request */
    Optional<Match> match(String path) {
        if (path.equals(TIMELINE)) {
            return Optional.of(new Match(timeline, ""));
        }
        if (path.equals(CONVERSATIONS)) {
            return Optional.of(new Match(conversations, ""));
        }
        if (path.equals(CONTACTS)) {
            return Optional.of(new Match(contacts, ""));
        }
        if (!path.startsWith(CONVERSATIONS + "/")) {
            return Optional.empty();
        }
        var segments = path.substring(CONVERSATIONS.length() + 1).split("/", -1);
        if (segments.length == 1 && !segments[0].isEmpty()) {
            return Optional.of(new Match(conversation, segments[0]));
        }
        if (segments.length == 2 && segments[1].equals("messages")) {
            return Optional.of(new Match(messages, segments[0]));
        }
        if (segments.length == 2 && segments[1].equals("events")) {
            return Optional.of(new Match(events, segments[0]));
        }
        if (segments.length == 2 && segments[1].equals("scheduled")) {
            return Optional.of(new Match(scheduled, segments[0]));
        }
        return Optional.empty();
    }
}
