package io.millrace.client.chat;

import io.millrace.client.Signal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Who is there, as far as the server told lately. Thread-safe. */
final class Sightings {
    /** The server tells for five minutes after a question; what is older may have changed since. */
    private static final long LASTS_MS = 360_000;

    private final LongSupplier clock;
    private final Map<String, Seen> users = new HashMap<>();

    /** @param clock milliseconds that do not go backwards */
    Sightings(LongSupplier clock) {
        this.clock = clock;
    }

    private record Seen(String text, long heardAtMs) {}

    /** True if it says something else than was known. */
    synchronized boolean onPresence(Signal.Presence presence) {
        Long since = presence.sinceMs();
        String text = presence.online() ? "here" : since == null ? "away" : "last here " + Lines.when(since);
        String before = of(presence.user());
        users.put(presence.user(), new Seen(text, clock.getAsLong()));
        return !text.equals(before);
    }

    /** {@code here}, {@code last here 3 May 14:03}, {@code away}; empty where nothing is known. */
    synchronized String of(String user) {
        Seen seen = users.get(user);
        return seen == null || clock.getAsLong() - seen.heardAtMs > LASTS_MS ? "" : seen.text;
    }
}
