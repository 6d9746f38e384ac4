package io.millrace.timeline.timeline;

import java.util.Comparator;
import java.util.List;

/** The contacts of a user, by name. */
public final class ContactList {
    private final List<Contact> sorted;
    private final String epoch;

    /**
     * @param contacts that are kept, or once were
     * @param epoch the numbering that is in force
     */
    public ContactList(List<Contact> contacts, String epoch) {
        this.sorted =
                contacts.stream().sorted(Comparator.comparing(Contact::other)).toList();
        this.epoch = epoch;
    }

    /** All that are kept. */
    public List<Contact> present() {
        return sorted.stream().filter(Contact::kept).toList();
    }

    /** Those that were set after a position of the numbering in force, also those that are kept no more. */
    public List<Contact> since(long position) {
        return sorted.stream().filter(c -> position(c) > position).toList();
    }

    /** Where it was set last; 0 under an earlier numbering, for then it was before all positions of this one. */
    public long position(Contact contact) {
        return contact.epoch().equals(epoch) ? contact.position() : 0;
    }
}
