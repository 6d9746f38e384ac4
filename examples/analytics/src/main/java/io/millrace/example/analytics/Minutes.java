package io.millrace.example.analytics;

import io.millrace.example.analytics.record.Bucket;
import io.millrace.example.analytics.record.Minute;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Minutes in which one thing happened, and how they add up. Pure. */
final class Minutes {
    private Minutes() {}

    static String keyOf(Minute minute) {
        return minute.getMinute().toString();
    }

    /** The first instant of the minute that this is in. */
    static Instant of(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES);
    }

    /** One in which nothing happened. */
    static Minute none(Instant at) {
        return new Minute(of(at), 0L, 0L, 0L, 0L, 0L, 0L, null, null, null, List.of());
    }

    /** The id of a conversation begins with its kind. */
    static Minute message(Instant at, String conversation) {
        var one = Minute.newBuilder(none(at));
        if (conversation.startsWith("d:")) {
            one.setDirect(1);
        } else if (conversation.startsWith("g:")) {
            one.setGroup(1);
        } else {
            one.setRoom(1);
        }
        return one.build();
    }

    static Minute activeUser(Instant at) {
        return Minute.newBuilder(none(at)).setActiveUsers(1).build();
    }

    /** A message that was sent then and took so long. */
    static Minute delivery(Instant sentAt, long latencyMs) {
        if (latencyMs > Latency.LATE_MS) {
            return Minute.newBuilder(none(sentAt)).setLate(1).build();
        }
        return Minute.newBuilder(none(sentAt))
                .setDelivered(1)
                .setLatencies(List.of(new Bucket(Latency.bucketOf(latencyMs), 1L)))
                .build();
    }

    /** Both together; they are the same minute. */
    static Minute sum(Minute one, Minute other) {
        var counts = new TreeMap<Long, Long>();
        Stream.concat(one.getLatencies().stream(), other.getLatencies().stream())
                .forEach(bucket -> counts.merge(bucket.getUpToMs(), bucket.getCount(), Long::sum));
        var latencies = counts.entrySet().stream()
                .map(each -> new Bucket(each.getKey(), each.getValue()))
                .toList();
        return new Minute(
                one.getMinute(),
                one.getDirect() + other.getDirect(),
                one.getGroup() + other.getGroup(),
                one.getRoom() + other.getRoom(),
                one.getActiveUsers() + other.getActiveUsers(),
                one.getDelivered() + other.getDelivered(),
                one.getLate() + other.getLate(),
                Latency.percentile(latencies, 0.50),
                Latency.percentile(latencies, 0.90),
                Latency.percentile(latencies, 0.99),
                latencies);
    }
}
