package io.millrace.webhooks.subscriber;

import io.millrace.service.config.ConfigException;
import io.millrace.service.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber. Not reloadable.
 *
 * @param name 1 to 40 characters of {@code [a-z0-9-]}; its consumer group is {@code webhooks-<name>}, so another name is
 *     another subscriber
 * @param url where its events are posted: http or https, without user and fragment
 * @param secret signs what is sent, at least 32 bytes
 * @param formerSecret signs too, while the receiver changes from one secret to the other
 * @param events kinds of events, as the client protocol writes them; all that every member is told if nothing is said
 * @param conversations how the ids of its conversations begin: {@code g:} for groups, {@code d:} for direct ones; all if
 *     nothing is said
 * @param from where a new subscriber begins: {@code now} (if nothing is said) or {@code beginning}
 * @param timeout how long one attempt may take, name and connection included, 100 ms to 60 s; 10 s if nothing is said
 * @param inFlight events that are under way at once, of as many conversations, 1 to 256; 8 if nothing is said
 * @param maxAge how long after its first attempt an event is given up, 1 s to 30 d; 24 h if nothing is said
 * @param privateAddresses whether it may have an address of loopback or of a private network
 */
public record SubscriberSettings(
        String name,
        String url,
        Secret secret,
        @Nullable Secret formerSecret,
        List<String> events,
        String conversations,
        String from,
        Duration timeout,
        int inFlight,
        Duration maxAge,
        boolean privateAddresses) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
    private static final int SECRET_BYTES = 32;

    public SubscriberSettings {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new ConfigException("name is 1 to 40 characters of [a-z0-9-]");
        }
        events = events == null ? EventKinds.usual() : List.copyOf(events);
        conversations = conversations == null ? "" : conversations;
        from = from == null ? "now" : from;
        timeout = timeout == null ? Duration.ofSeconds(10) : timeout;
        inFlight = inFlight == 0 ? 8 : inFlight;
        maxAge = maxAge == null ? Duration.ofHours(24) : maxAge;
        Target.of(url, privateAddresses);
        requireLong(secret, "secret is required, and at least 32 bytes");
        if (formerSecret != null) {
            requireLong(formerSecret, "formerSecret is at least 32 bytes");
        }
        if (events.isEmpty()) {
            throw new ConfigException("events has at least one kind");
        }
        EventKinds.of(events);
        if (!Set.of("now", "beginning").contains(from)) {
            throw new ConfigException("from is now or beginning");
        }
        require(timeout, Duration.ofMillis(100), Duration.ofSeconds(60), "timeout is between 100ms and 60s");
        require(maxAge, Duration.ofSeconds(1), Duration.ofDays(30), "maxAge is between 1s and 30d");
        if (inFlight < 1 || inFlight > 256) {
            throw new ConfigException("inFlight is between 1 and 256");
        }
    }

    /** The consumer group that stands for it. */
    public String group() {
        return "webhooks-" + name;
    }

    /** {@link #url}, taken apart. */
    public URI target() {
        return URI.create(url);
    }

    /** What it is sent. */
    public EventFilter filter() {
        return new EventFilter(EventKinds.of(events), conversations);
    }

    /** Both secrets, or the one. */
    public List<Secret> secrets() {
        var former = formerSecret;
        return former == null ? List.of(secret) : List.of(secret, former);
    }

    /** Its name alone: an address may hold a token of the receiver. */
    @Override
    public String toString() {
        return "SubscriberSettings[" + name + "]";
    }

    private static void requireLong(@Nullable Secret secret, String rule) {
        if (secret == null || secret.bytes().length < SECRET_BYTES) {
            throw new ConfigException(rule);
        }
    }

    private static void require(Duration given, Duration least, Duration most, String rule) {
        if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
            throw new ConfigException(rule);
        }
    }
}
