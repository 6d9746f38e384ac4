package io.millrace.client.timeline;

import io.millrace.client.frame.Json;
import java.util.List;
import java.util.stream.LongStream;

/** Entries for tests. */
final class Entries {
    private Entries() {}

    static Entry entry(long position) {
        var message = new Event.Message(
                position,
                "m-" + position,
                "bob",
                Json.object().put("kind", "text"),
                false,
                null,
                List.of(),
                false,
                false,
                false,
                true,
                null,
                false,
                null);
        return new Entry(position, "d:alice:bob", position, 0, message, null, null, null, false);
    }

    static List<Entry> range(long first, long last) {
        return LongStream.rangeClosed(first, last).mapToObj(Entries::entry).toList();
    }
}
