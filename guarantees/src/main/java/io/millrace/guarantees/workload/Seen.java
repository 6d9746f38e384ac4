package io.millrace.guarantees.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What users know and may act upon: messages they have seen, messages of their own. Thread-safe. */
final class Seen {
    /** A message by its number. */
    record Place(String conversation, long seq) {}

    private final Map<String, List<Place>> seen = new ConcurrentHashMap<>();
    private final Map<String, List<Place>> own = new ConcurrentHashMap<>();

    void see(String user, String conversation, long seq) {
        add(seen, user, new Place(conversation, seq));
    }

    void post(String user, String conversation, long seq) {
        add(own, user, new Place(conversation, seq));
    }

    /** One of the last messages the user has seen. */
    @Nullable
    Place seenBy(String user, Random random) {
        return pick(seen.get(user), random);
    }

    /** One of the user's last own messages. */
    @Nullable
    Place postedBy(String user, Random random) {
        return pick(own.get(user), random);
    }

    private static void add(Map<String, List<Place>> to, String user, Place place) {
        var places = to.computeIfAbsent(user, u -> new ArrayList<>());
        synchronized (places) {
            places.add(place);
            if (places.size() > 200) {
                places.subList(0, 100).clear();
            }
        }
    }

    private static @Nullable Place pick(@Nullable List<Place> from, Random random) {
        if (from == null) {
            return null;
        }
        synchronized (from) {
            return from.isEmpty() ? null : from.get(random.nextInt(from.size()));
        }
    }
}
