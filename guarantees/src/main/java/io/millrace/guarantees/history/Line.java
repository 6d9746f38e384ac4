package io.millrace.guarantees.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a journal. All times are nanoseconds of one clock since the run began. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Line.Invoked.class, name = "invoked"),
    @JsonSubTypes.Type(value = Line.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = Line.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = Line.Delivered.class, name = "delivered"),
    @JsonSubTypes.Type(value = Line.Session.class, name = "session"),
    @JsonSubTypes.Type(value = Line.FaultMoment.class, name = "fault")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Line {
    /** When, in nanoseconds since the run began. */
    long atNs();

    /**
     * Somebody is about to ask.
     *
     * @param op unique in the run
     * @param device as it is named to the server; empty for a command over HTTP
     * @param conversation null for {@link Action#CREATE}
     * @param key clientMessageId: two operations of a user in a conversation that share it are one command
     * @param bodyHash of SEND and EDIT
     * @param targetSeq of EDIT, RECALL and READ
     * @param users of CREATE, ADD and REMOVE
     */
    record Invoked(
            long op,
            Action action,
            String user,
            String device,
            @Nullable String conversation,
            String key,
            @Nullable String bodyHash,
            @Nullable Long targetSeq,
            List<String> users,
            long atNs)
            implements Line {
        public Invoked {
            users = users == null ? List.of() : List.copyOf(users);
        }
    }

    /** The server took the command into its log; it has to decide it now. */
    record Accepted(long op, long atNs) implements Line {}

    /**
     * The operation is over, as far as its client can know.
     *
     * @param conversation where it stands
     * @param code why it failed, or why nobody knows
     * @param unchanged it stands and changed nothing, so there is no event
     */
    record Ended(
            long op,
            Outcome outcome,
            @Nullable String conversation,
            @Nullable Long seq,
            @Nullable Long version,
            @Nullable String messageId,
            boolean unchanged,
            @Nullable String code,
            long atNs)
            implements Line {}

    /**
     * A device was told an entry of its timeline.
     *
     * @param kind as the protocol names it
     * @param seq of a message; of what an edit, a recall or a read is about
     * @param key own entries only
     * @param bodyHash null where there is no body
     */
    record Delivered(
            String user,
            String device,
            long position,
            String conversation,
            @Nullable Long version,
            String kind,
            @Nullable Long seq,
            @Nullable String messageId,
            @Nullable String from,
            @Nullable String key,
            @Nullable String bodyHash,
            @Nullable Long unread,
            @Nullable Long totalUnread,
            long atNs)
            implements Line {}

    /**
     * A device's connection.
     *
     * @param what {@code open}, {@code lost}, {@code crashed}, {@code closed}
     */
    record Session(String user, String device, String what, long atNs) implements Line {}

    /**
     * A fault began, was ended, or its effect was over.
     *
     * @param moment {@code injected}, {@code healed}, {@code recovered}
     */
    record FaultMoment(String fault, String moment, long atNs) implements Line {}
}
