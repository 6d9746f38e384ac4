package io.millrace.router;

import io.millrace.router.runtime.LogNames;
import io.millrace.schemas.topic.Shadow;
import io.millrace.service.config.ConfigException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes the router a shadow: it decides what users asked of the live log, and writes into topics of its own.
 *
 * @param name of the shadow, small letters and digits, at most 20; without one the router is a live one
 * @param since how far back of the live input the shadow begins, when it starts first; default 1 h
 */
public record ShadowSettings(@Nullable String name, Duration since) {
    static final Duration SINCE = Duration.ofHours(1);

    public ShadowSettings {
        since = since == null ? SINCE : since;
        if (name != null && !Shadow.isName(name)) {
            throw new ConfigException("shadow.name is 1 to 20 small letters and digits");
        }
        if (since.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new ConfigException("shadow.since is at least 1s");
        }
    }

    /** Under which names the router works. */
    public LogNames names() {
        return name == null ? LogNames.live() : LogNames.of(new Shadow(name));
    }
}
