package io.millrace.webhooks;

import io.millrace.webhooks.dispatch.Feed;
import io.millrace.webhooks.lag.Lags;
import io.millrace.webhooks.state.Pauses;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How a subscriber is, as JSON. Its address stays out but for the host, for it may hold a token. */
final class FeedStatus {
    private final Pauses pauses;
    private final Lags lags;
    private final Clock clock;

    FeedStatus(Pauses pauses, Lags lags, Clock clock) {
        this.pauses = pauses;
        this.lags = lags;
        this.clock = clock;
    }

    Map<String, Object> of(Feed feed) {
        var subscriber = feed.subscriber();
        var status = new LinkedHashMap<String, Object>();
        status.put("name", subscriber.name());
        status.put("group", subscriber.group());
        status.put("host", subscriber.target().getHost());
        var pause = pauses.pauseOf(subscriber.name());
        status.put("state", pause.isPresent() ? "paused" : feed.isSettled() ? "sending" : "joining");
        pause.ifPresent(state -> {
            status.put("cause", state.getCause().name().toLowerCase(Locale.ROOT));
            status.put("since", state.getAt().toString());
        });
        status.put("lag", lags.lag(subscriber.name()));
        status.put("waiting", feed.waiting());
        feed.oldestMs().ifPresent(ms -> status.put("oldestWaitingMs", Math.max(0, clock.millis() - ms)));
        feed.lastFailure().ifPresent(failure -> {
            var last = new LinkedHashMap<String, Object>();
            last.put("at", failure.at().toString());
            last.put("why", failure.why());
            if (failure.status() != null) {
                last.put("status", failure.status());
            }
            status.put("lastFailure", last);
        });
        var partitions = new TreeMap<Integer, Object>();
        lags.positions(subscriber.name())
                .forEach((partition, at) ->
                        partitions.put(partition, Map.of("committed", at.committed(), "end", at.end())));
        status.put("partitions", partitions);
        return status;
    }
}
