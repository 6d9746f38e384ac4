package io.millrace.router.runtime;

import io.millrace.schemas.topic.Shadow;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Under which names a router works and where it writes: the live ones, or those of a shadow. A shadow reads what users ask
 * for from the live topics; everything else it reads and writes is its own. What would reach a socket, or become live
 * input, it does not write at all.
 */
public final class LogNames {
    private static final List<TopicSpec<?>> LIVE_INPUT = List.of(TopicCatalogue.COMMANDS, TopicCatalogue.USER_COMMANDS);

    private final @Nullable Shadow shadow;

    private LogNames(@Nullable Shadow shadow) {
        this.shadow = shadow;
    }

    public static LogNames live() {
        return new LogNames(null);
    }

    public static LogNames of(Shadow shadow) {
        return new LogNames(shadow);
    }

    /** Empty for the live router. */
    public Optional<Shadow> shadow() {
        return Optional.ofNullable(shadow);
    }

    public boolean isShadow() {
        return shadow != null;
    }

    /** Application id, consumer group and prefix of internal topics of a stage. */
    public String application(String stage) {
        return shadow == null ? stage : shadow.application(stage);
    }

    /** Where a source is read. */
    public String source(TopicSpec<?> topic) {
        return shadow == null || LIVE_INPUT.contains(topic) ? topic.name() : shadow.topic(topic);
    }

    /** Whether this is written at all. */
    public boolean writes(TopicSpec<?> topic) {
        return shadow == null || Shadow.OUTPUTS.contains(topic);
    }

    /** Where it is written. */
    public String sink(TopicSpec<?> topic) {
        if (!writes(topic)) {
            throw new IllegalArgumentException("a shadow does not write " + topic.name());
        }
        return shadow == null ? topic.name() : shadow.topic(topic);
    }

    /** What stands before the names of dead letter topics. */
    public String prefix() {
        return shadow == null ? "" : shadow.prefix();
    }
}
