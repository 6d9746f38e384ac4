package io.millrace.webhooks;

import io.millrace.schemas.record.WebhookPauseCause;
import io.millrace.service.admin.AdminAnswer;
import io.millrace.service.admin.AdminRequest;
import io.millrace.service.admin.AdminResource;
import io.millrace.webhooks.dispatch.Feed;
import io.millrace.webhooks.lag.GroupOffsets;
import io.millrace.webhooks.state.Pauses;
import io.millrace.webhooks.state.StateUnavailableException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators ask of subscribers.
 *
 * <pre>
 * GET  /subscribers, /subscribers/NAME
 * POST /subscribers/NAME/pause, /subscribers/NAME/resume
 * POST /subscribers/NAME/replay?time=2026-11-27T12:00:00Z, /subscribers/NAME/replay?partition=3&amp;offset=100
 * </pre>
 */
final class SubscriberDesk implements AdminResource {
    static final String PATH = "/subscribers";
    private static final Logger LOGGER = LoggerFactory.getLogger(SubscriberDesk.class);

    private final List<Feed> feeds;
    private final Pauses pauses;
    private final GroupOffsets offsets;
    private final FeedStatus status;

    SubscriberDesk(List<Feed> feeds, Pauses pauses, GroupOffsets offsets, FeedStatus status) {
        this.feeds = List.copyOf(feeds);
        this.pauses = pauses;
        this.offsets = offsets;
        this.status = status;
    }

    @Override
    public AdminAnswer answer(AdminRequest request) throws InterruptedException {
        var words = request.path().replaceFirst("^/", "").split("/", -1);
        if (words[0].isEmpty()) {
            return request.method().equals("GET")
                    ? AdminAnswer.ok(
                            Map.of("subscribers", feeds.stream().map(status::of).toList()))
                    : onlyGet();
        }
        var found = feeds.stream()
                .filter(feed -> feed.subscriber().name().equals(words[0]))
                .findFirst();
        if (found.isEmpty() || words.length > 2) {
            return AdminAnswer.refused(404, "there is no such subscriber");
        }
        if (words.length == 1) {
            return request.method().equals("GET") ? AdminAnswer.ok(status.of(found.get())) : onlyGet();
        }
        return request.method().equals("POST")
                ? act(found.get(), words[1], request.parameters())
                : AdminAnswer.refused(405, "only POST is answered here");
    }

    private AdminAnswer act(Feed feed, String action, Map<String, String> parameters) throws InterruptedException {
        try {
            return switch (action) {
                case "pause" -> set(feed, true);
                case "resume" -> set(feed, false);
                case "replay" -> replay(feed, parameters);
                default -> AdminAnswer.refused(404, "pause, resume and replay are known");
            };
        } catch (StateUnavailableException | ExecutionException | TimeoutException e) {
            LOGGER.atWarn()
                    .addKeyValue("subscriber", feed.subscriber().name())
                    .addKeyValue("action", action)
                    .addKeyValue("error", e.toString())
                    .log("not done");
            return AdminAnswer.refused(503, "Kafka or the registry does not answer; ask again");
        } catch (GroupOffsets.GroupInUseException e) {
            return AdminAnswer.refused(409, "a dispatcher is still in the group; ask again in some seconds");
        } catch (IllegalArgumentException e) {
            return AdminAnswer.refused(400, String.valueOf(e.getMessage()));
        }
    }

    private AdminAnswer set(Feed feed, boolean paused) throws StateUnavailableException, InterruptedException {
        var name = feed.subscriber().name();
        if (pauses.pauseOf(name).isPresent() != paused) {
            pauses.set(name, paused, WebhookPauseCause.OPERATOR);
            LOGGER.atInfo()
                    .addKeyValue("subscriber", name)
                    .addKeyValue("paused", paused)
                    .log("subscriber set by an operator");
        }
        return AdminAnswer.ok(status.of(feed));
    }

    private AdminAnswer replay(Feed feed, Map<String, String> parameters)
            throws GroupOffsets.GroupInUseException, ExecutionException, TimeoutException, InterruptedException {
        if (!feed.isPaused()) {
            return AdminAnswer.refused(409, "pause the subscriber first");
        }
        var group = feed.subscriber().group();
        var time = Optional.ofNullable(parameters.get("time"));
        var moved = time.isPresent()
                ? offsets.moveTo(group, instant(time.get()))
                : offsets.moveTo(
                        group,
                        (int) number(parameters, "partition", Integer.MAX_VALUE),
                        number(parameters, "offset", Long.MAX_VALUE));
        LOGGER.atInfo()
                .addKeyValue("subscriber", feed.subscriber().name())
                .addKeyValue("offsets", moved)
                .log("subscriber put elsewhere by an operator");
        return AdminAnswer.ok(Map.of("subscriber", feed.subscriber().name(), "offsets", moved));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("time is like 2026-11-27T12:00:00Z", e);
        }
    }

    private static long number(Map<String, String> parameters, String name, long most) {
        var text = parameters.getOrDefault(name, "");
        if (!text.matches("\\d{1,18}") || Long.parseLong(text) > most) {
            throw new IllegalArgumentException("say time=…, or partition=… and offset=…");
        }
        return Long.parseLong(text);
    }

    private static AdminAnswer onlyGet() {
        return AdminAnswer.refused(405, "only GET is answered here");
    }
}
