package io.millrace.client.chat;

import io.millrace.client.Signal;
import io.millrace.client.http.ContactPage;
import io.millrace.client.outbox.Recipient;
import io.millrace.client.timeline.ConversationSummary;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.Event;
import io.millrace.client.timeline.Snapshot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What this device knows of its conversations: names, how far they go, how far they are read. Thread-safe. */
final class Roster {
    private final String self;
    private final Map<String, Room> rooms = new HashMap<>();

    /** What the user calls the other one, by direct conversation. */
    private final Map<String, String> aliases = new HashMap<>();

    Roster(String self) {
        this.self = self;
    }

    /** One conversation as it is listed. */
    record Line(String conversation, String name, long lastSeq, long unread) {}

    synchronized void onSnapshot(Snapshot snapshot) {
        for (ConversationSummary summary : snapshot.conversations()) {
            Room room = room(summary.conversation());
            room.title = summary.title();
            aliases.put(summary.conversation(), summary.settings().alias());
            room.lastSeq = Math.max(room.lastSeq, summary.lastSeq());
            room.unread = summary.unread();
            room.activeAtMs = Math.max(room.activeAtMs, summary.updatedAtMs());
        }
    }

    synchronized void onEntry(Entry entry) {
        Room room = room(entry.conversation());
        room.activeAtMs = Math.max(room.activeAtMs, entry.atMs());
        if (entry.unread() != null) {
            room.unread = entry.unread().messages();
        }
        if (entry.event() instanceof Event.Message message) {
            room.lastSeq = Math.max(room.lastSeq, message.seq());
        } else if (entry.event() instanceof Event.ConversationChanged changed && changed.title() != null) {
            room.title = changed.title();
        } else if (entry.event() instanceof Event.SettingsChanged changed) {
            aliases.put(entry.conversation(), changed.settings().alias());
        } else if (entry.event() instanceof Event.Members members && members.title() != null) {
            room.title = members.title();
        }
    }

    /** Contacts without a message are in no list of conversations. */
    synchronized void onContacts(ContactPage contacts) {
        contacts.contacts().forEach(contact -> aliases.put(direct(contact.user()), contact.alias()));
    }

    /** What a receipt tells beyond what was known. */
    enum News {
        NONE,
        DELIVERED,
        READ
    }

    /** A receipt may repeat one of its numbers; reading is greater news than having. */
    synchronized News onReceipt(Signal.Receipt receipt) {
        if (receipt.user().equals(self)) {
            return News.NONE;
        }
        Room room = room(receipt.conversation());
        boolean delivered = receipt.delivered() != null && raise(room.delivered, receipt.user(), receipt.delivered());
        boolean read = receipt.read() != null && raise(room.read, receipt.user(), receipt.read());
        return read ? News.READ : delivered ? News.DELIVERED : News.NONE;
    }

    /** {@code ✓} posted, {@code ✓✓} on somebody's device, {@code ✓✓✓} read by somebody. */
    synchronized String ticks(String conversation, long seq) {
        Room room = room(conversation);
        if (room.read.values().stream().anyMatch(through -> through >= seq)) {
            return "✓✓✓";
        }
        return room.delivered.values().stream().anyMatch(through -> through >= seq) ? "✓✓" : "✓";
    }

    synchronized List<Line> list() {
        return rooms.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Room> each) -> each.getValue().activeAtMs)
                        .reversed())
                .map(each ->
                        new Line(each.getKey(), name(each.getKey()), each.getValue().lastSeq, each.getValue().unread))
                .toList();
    }

    synchronized long lastSeq(String conversation) {
        return room(conversation).lastSeq;
    }

    /** What a person calls the conversation: the other user, or the group's title. */
    synchronized String name(String conversation) {
        if (conversation.startsWith("d:")) {
            String alias = aliases.getOrDefault(conversation, "");
            String other = other(conversation);
            return !alias.isEmpty() ? alias : other.equals(self) ? "notes" : other;
        }
        Room room = rooms.get(conversation);
        String title = room == null ? null : room.title;
        return title == null || title.isEmpty() ? conversation : title;
    }

    /** The conversation that a person means: an id, a group's title, or else a user. */
    synchronized String find(String name) {
        if (name.contains(":")) {
            return name;
        }
        return Stream.concat(rooms.keySet().stream().filter(each -> each.startsWith("g:")), aliases.keySet().stream())
                .filter(each -> name(each).equalsIgnoreCase(name))
                .findFirst()
                .orElseGet(() -> direct(name));
    }

    /** What the user calls somebody: the alias of a contact, or the id. */
    synchronized String person(String user) {
        String alias = aliases.getOrDefault(direct(user), "");
        return alias.isEmpty() ? user : alias;
    }

    boolean isDirect(String conversation) {
        return conversation.startsWith("d:");
    }

    /** The id of the other one of a direct conversation. */
    String other(String conversation) {
        String[] pair = conversation.split(":");
        return pair.length == 3 && pair[1].equals(self) ? pair[2] : pair[1];
    }

    /** The direct conversation with a user. */
    String direct(String user) {
        return Recipient.user(user).resolvedFor(self);
    }

    private Room room(String conversation) {
        return rooms.computeIfAbsent(conversation, each -> new Room());
    }

    private static boolean raise(Map<String, Long> marks, String user, long seq) {
        Long before = marks.get(user);
        if (before != null && before >= seq) {
            return false;
        }
        marks.put(user, seq);
        return true;
    }

    private static final class Room {
        private @Nullable String title;
        private long lastSeq;
        private long unread;
        private long activeAtMs;
        private final Map<String, Long> delivered = new HashMap<>();
        private final Map<String, Long> read = new HashMap<>();
    }
}
