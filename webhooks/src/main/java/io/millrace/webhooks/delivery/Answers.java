package io.millrace.webhooks.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/** What a subscriber's answer means. */
final class Answers {
    /** Nobody is left alone for longer, whatever the answer says. */
    static final Duration LONGEST_REST = Duration.ofHours(1);

    /** 4xx that say nothing about the event: time-out, too early, too many. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private static final Set<Integer> WITH_REST = Set.of(429, 503);

    private Answers() {}

    /** @param retryAfter the header of that name */
    static Verdict of(int status, Optional<String> retryAfter, Instant now) {
        if (status >= 200 && status < 300) {
            return new Verdict.Delivered();
        }
        if (status == 410) {
            return new Verdict.Gone();
        }
        if (status >= 400 && status < 500 && !PASSING.contains(status)) {
            return new Verdict.Refused(status);
        }
        var rest = WITH_REST.contains(status)
                ? retryAfter.map(text -> rest(text, now)).orElse(Duration.ZERO)
                : Duration.ZERO;
        return new Verdict.TryAgain(status, "answered " + status, rest);
    }

    /** Seconds or a date of HTTP; anything else says nothing. */
    private static Duration rest(String text, Instant now) {
        var asked = text.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : until(text, now);
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : asked;
    }

    private static Duration until(String text, Instant now) {
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
