package io.millrace.webhooks;

import io.millrace.service.config.Secret;
import io.millrace.webhooks.subscriber.SubscriberSettings;
import java.time.Duration;
import java.util.List;

/** Settings of subscribers, with what a test does not care for filled in. */
public final class Subscribers {
    public static final String SECRET = "0123456789abcdef0123456789abcdef";
    public static final String FORMER_SECRET = "fedcba9876543210fedcba9876543210";

    private Subscribers() {}

    /** Begins at the beginning; may be on loopback. */
    public static SubscriberSettings at(String url, Duration timeout, int inFlight, Duration maxAge) {
        return new SubscriberSettings(
                "billing",
                url,
                new Secret(SECRET),
                new Secret(FORMER_SECRET),
                List.of("message"),
                "",
                "beginning",
                timeout,
                inFlight,
                maxAge,
                true);
    }

    public static SubscriberSettings at(String url, boolean privateAddresses) {
        return new SubscriberSettings(
                "billing",
                url,
                new Secret(SECRET),
                null,
                List.of("message"),
                "",
                "now",
                Duration.ofSeconds(5),
                4,
                Duration.ofHours(1),
                privateAddresses);
    }
}
