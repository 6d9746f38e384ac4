package io.millrace.service.config;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what a setting of a type looks like. */
final class Forms {
    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);
    private static final Set<Class<?>> FLAG = Set.of(boolean.class, Boolean.class);

    private Forms() {}

    static String of(@Nullable Class<?> type) {
        if (type == null) {
            return "another value";
        }
        if (type == Duration.class) {
            return "a duration like 250ms, 10s, 5m, 24h, 7d or PT10S";
        }
        if (WHOLE.contains(type)) {
            return "a whole number";
        }
        if (FLAG.contains(type)) {
            return "true or false";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        boolean text = type == String.class || type == Secret.class;
        return text
                ? "a text"
                : type.isRecord() || Map.class.isAssignableFrom(type) ? "a map of keys" : "another value";
    }
}
