package io.millrace.timeline.timeline;

import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.TimelineEntry;
import java.util.Optional;

/**
 * How a user keeps another one, after the last entry that set anything of their direct conversation.
 *
 * @param stamp write timestamp, microseconds; 0 in one that was read
 * @param epoch numbering of the position
 * @param position the entry's
 * @param contact whether the other one is in the contact list
 * @param alias what the user calls the other one, empty for none
 */
public record Contact(
        String user, String other, long stamp, String epoch, long position, boolean contact, String alias) {
    /** What an entry says of a contact; nothing unless it sets something between the user and somebody else. */
    static Optional<Contact> of(TimelineEntry e) {
        if (e.getKind() != EventKind.SETTINGS || !e.getConversation().startsWith("d:")) {
            return Optional.empty();
        }
        var id = new ConversationId(e.getConversation());
        var first = id.first().value();
        var other = first.equals(e.getUser()) ? id.second().value() : first;
        var settings = KeptSettings.of(e.getSettings());
        return other.equals(e.getUser())
                ? Optional.empty()
                : Optional.of(new Contact(
                        e.getUser(),
                        other,
                        e.getStamp(),
                        e.getEpoch(),
                        e.getPosition(),
                        settings.contact(),
                        settings.alias()));
    }

    /** Whether there is anything to be kept of the other one. */
    public boolean kept() {
        return contact || !alias.isEmpty();
    }

    /** Shows no alias. */
    @Override
    public String toString() {
        return "Contact[user=" + user + ", other=" + other + ", position=" + position + "]";
    }
}
