package io.millrace.guarantees.check;

import io.millrace.guarantees.history.Line.Delivered;
import java.util.List;

/**
 * What a new device of a user is told over HTTP.
 *
 * @param head last position, as the server says
 * @param entries the timeline from zero, in the order it came; messages as they stand now
 * @param boxes the list of conversations
 */
public record FreshDevice(String user, long head, List<Delivered> entries, List<Box> boxes, long totalUnread) {
    public FreshDevice {
        entries = List.copyOf(entries);
        boxes = List.copyOf(boxes);
    }
}
