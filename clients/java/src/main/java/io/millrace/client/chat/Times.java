package io.millrace.client.chat;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times as people type them. */
final class Times {
    private static final Pattern SPAN = Pattern.compile("([1-9]\\d{0,5})([smhdw])");
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{2})");

    private Times() {}

    /** {@code 30s}, {@code 10m}, {@code 2h}, {@code 1d} or {@code 1w}; empty for anything else. */
    static Optional<Duration> span(String word) {
        Matcher match = SPAN.matcher(word);
        if (!match.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(match.group(1));
        return Optional.of(
                switch (match.group(2)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    case "d" -> Duration.ofDays(count);
                    default -> Duration.ofDays(7 * count);
                });
    }

    /** How long from now until a span is over, or until the clock shows {@code 14:30} next; empty for anything else. */
    static Optional<Duration> until(String word, ZonedDateTime now) {
        Matcher match = CLOCK.matcher(word);
        if (!match.matches()) {
            return span(word);
        }
        try {
            var time = LocalTime.of(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
            ZonedDateTime today = now.with(time);
            return Optional.of(Duration.between(now, today.isAfter(now) ? today : today.plusDays(1)));
        } catch (DateTimeException e) {
            return Optional.empty(); // 25:00 is no time.
        }
    }
}
