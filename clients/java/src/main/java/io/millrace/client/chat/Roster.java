package io.millrace.client.chat;

import io.millrace.client.Signal;
import io.millrace.client.timeline.ConversationSummary;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.Event;
import io.millrace.client.timeline.Snapshot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What this device knows of its conversations: names, how far they go, how far they are read. Thread-safe. */
final class Roster {
    private final String self;
    private final Map<String, Room> rooms = new HashMap<>();

    Roster(String self) {
        this.self = self;
    }

    /** One conversation as it is listed. */
    record Line(String conversation, String name, long lastSeq, long unread) {}

    synchronized void onSnapshot(Snapshot snapshot) {
        for (ConversationSummary summary : snapshot.conversations()) {
            Room room = room(summary.conversation());
            room.title = summary.title();
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
        } else if (entry.event() instanceof Event.ConversationChanged changed) {
            room.title = changed.title();
        } else if (entry.event() instanceof Event.Members members && members.title() != null) {
            room.title = members.title();
        }
    }

    /** True if the receipt tells more than was known. */
    synchronized boolean onReceipt(Signal.Receipt receipt) {
        Room room = room(receipt.conversation());
        boolean news = false;
        if (receipt.delivered() != null && !receipt.user().equals(self)) {
            news = raise(room.delivered, receipt.user(), receipt.delivered());
        }
        if (receipt.read() != null && !receipt.user().equals(self)) {
            news |= raise(room.read, receipt.user(), receipt.read());
        }
        return news;
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
            String[] pair = conversation.split(":");
            String other = pair.length == 3 && pair[1].equals(self) ? pair[2] : pair[1];
            return other.equals(self) ? "notes" : other;
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
        Optional<String> group = rooms.keySet().stream()
                .filter(each -> each.startsWith("g:") && name(each).equalsIgnoreCase(name))
                .findFirst();
        return group.orElseGet(() -> self.compareTo(name) <= 0 ? "d:" + self + ":" + name : "d:" + name + ":" + self);
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
