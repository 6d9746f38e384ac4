package io.millrace.webhooks.dispatch;

import io.millrace.service.config.ConfigException;
import java.time.Duration;

/**
 * When an event is sent again. Not reloadable.
 *
 * @param first after the first attempt, doubled with each further one and shortened by up to a half by chance; default
 *     1 s, from 10 ms
 * @param longest between two attempts; default 5 min, at most 1 h
 */
public record RetrySettings(Duration first, Duration longest) {
    public RetrySettings {
        first = first == null ? Duration.ofSeconds(1) : first;
        longest = longest == null ? Duration.ofMinutes(5) : longest;
        if (first.toMillis() < 10 || longest.compareTo(first) < 0 || longest.compareTo(Duration.ofHours(1)) > 0) {
            throw new ConfigException("retry: first is at least 10ms and at most longest, which is at most 1h");
        }
    }

    /** For a service that says nothing about it. */
    public static RetrySettings defaults() {
        return new RetrySettings(Duration.ofSeconds(1), Duration.ofMinutes(5));
    }
}
