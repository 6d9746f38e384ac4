package io.millrace.edge.protocol;

import io.millrace.schemas.record.DeliveryTarget;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts the shared part of entries into frames: one {@code entry}, or several that wait together as {@code entries}. */
public final class EntryFrames {
    /** Upper bound of the bytes that a frame adds to an entry's shared part. */
    private static final int OVERHEAD = 192;

    private static final byte[] ONE = ascii("{\"type\":\"entry\",");
    private static final byte[] MANY = ascii("{\"type\":\"entries\",\"entries\":[");
    private static final byte[] END = ascii("]}");

    private EntryFrames() {}

    /** An entry on its way: what it says to its user alone, and the part it shares with other sessions. */
    public static final class Entry {
        private final DeliveryTarget target;
        private final byte[] shared;

        /**
         * @param target position in the user's timeline, and what is unread there
         * @param shared what {@link EntryJson} wrote; not copied, not to be changed
         */
        public Entry(DeliveryTarget target, byte[] shared) {
            this.target = target;
            this.shared = shared;
        }

        public long position() {
            return target.getPosition();
        }

        byte[] shared() {
            return shared;
        }

        /** Upper bound of what the entry takes in a frame. */
        public int bytes() {
            return shared.length + OVERHEAD;
        }

        @Override
        public String toString() {
            return "Entry[" + position() + "]";
        }
    }

    public static byte[] frame(List<Entry> entries) {
        if (entries.size() == 1) {
            var entry = entries.get(0);
            byte[] own = own(entry.target);
            return ByteBuffer.allocate(ONE.length + own.length + entry.shared().length)
                    .put(ONE)
                    .put(own)
                    .put(entry.shared())
                    .array();
        }
        int bound = MANY.length + END.length;
        for (var entry : entries) {
            bound += entry.bytes();
        }
        var frame = ByteBuffer.allocate(bound).put(MANY);
        for (int i = 0; i < entries.size(); i++) {
            frame.put((byte) (i == 0 ? ' ' : ',')).put((byte) '{');
            frame.put(own(entries.get(i).target)).put(entries.get(i).shared());
        }
        frame.put(END);
        var bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    /** What the entry says to this user alone. */
    private static byte[] own(DeliveryTarget target) {
        return ascii("\"position\":" + target.getPosition() + ",\"unread\":" + target.getUnread()
                + ",\"unreadMentions\":" + target.getUnreadMentions() + ",\"totalUnread\":" + target.getTotalUnread()
                + (target.getRequest() ? ",\"request\":true," : ","));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
