package io.millrace.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/** When each message is due: so many a second for so long, leg after leg. Immutable. */
public final class Rates {
    private final List<Leg> legs = new ArrayList<>();
    private final int count;
    private final double seconds;

    /** One leg with where it begins. */
    private record Leg(double perSecond, int first, double fromSeconds) {}

    /** Of one leg. */
    public record Span(double perSecond, double seconds) {}

    public Rates(List<Span> spans) {
        int total = 0;
        double from = 0;
        for (var span : spans) {
            legs.add(new Leg(span.perSecond(), total, from));
            total += (int) Math.max(1, Math.round(span.perSecond() * span.seconds()));
            from += span.seconds();
        }
        count = total;
        seconds = from;
    }

    public static Rates constant(double perSecond, double seconds) {
        return new Rates(List.of(new Span(perSecond, seconds)));
    }

    public int count() {
        return count;
    }

    public double seconds() {
        return seconds;
    }

    /** Messages a second, on average. */
    public double perSecond() {
        return count / seconds;
    }

    /** Nanoseconds from the begin until that message is due. */
    long dueNanos(int index) {
        int at = legs.size() - 1;
        while (legs.get(at).first > index) {
            at--;
        }
        var leg = legs.get(at);
        return (long) ((leg.fromSeconds + (index - leg.first) / leg.perSecond) * 1e9);
    }
}
