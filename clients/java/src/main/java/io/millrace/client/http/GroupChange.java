package io.millrace.client.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Properties of a group that are to change; null for those that stay.
 *
 * @param announcement shown to all members; empty takes it away
 * @param joinRule {@code invitation}, or {@code open} to everybody
 */
public record GroupChange(
        @Nullable String title,
        @Nullable String announcement,
        @Nullable String joinRule) {
    public static GroupChange title(String title) {
        return new GroupChange(title, null, null);
    }

    public static GroupChange announcement(String text) {
        return new GroupChange(null, text, null);
    }

    public static GroupChange joinRule(String rule) {
        return new GroupChange(null, null, rule);
    }

    void writeTo(ObjectNode body) {
        if (title != null) {
            body.put("title", title);
        }
        if (announcement != null) {
            body.put("announcement", announcement);
        }
        if (joinRule != null) {
            body.put("joinRule", joinRule);
        }
    }
}
