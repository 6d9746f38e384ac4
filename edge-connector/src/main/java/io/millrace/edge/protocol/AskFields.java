package io.millrace.edge.protocol;

import io.millrace.schemas.id.ClientMessageId;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.InvalidIdException;
import io.millrace.schemas.id.UserId;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fields that several asks have, checked for form. Stateless. */
final class AskFields {
    private static final long LATEST_MS = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

    private AskFields() {}

    static ClientMessageId queryKey(@Nullable String key) throws RefusedException {
        if (key == null) {
            throw Fields.invalid("clientMessageId is missing");
        }
        return id("clientMessageId", key, ClientMessageId::new);
    }

    static ClientMessageId key(Fields fields) throws RefusedException {
        return id("clientMessageId", fields.text("clientMessageId"), ClientMessageId::new);
    }

    static ConversationId conversation(Fields fields) throws RefusedException {
        return conversationId(fields.text("conversation"));
    }

    static ConversationId conversationId(String text) throws RefusedException {
        return id("conversation", text, ConversationId::new);
    }

    /** Visible text of bounded length on one line. */
    static String words(String name, String text, int maxChars) throws RefusedException {
        if (isBlank(text) || text.length() > maxChars) {
            throw Fields.invalid(name + " has 1 to " + maxChars + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw Fields.invalid(name + " has no control characters");
        }
        return text;
    }

    /** Whether nothing but space would show: {@link String#isBlank} does not know the spaces that do not break. */
    static boolean isBlank(String text) {
        return text.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    static List<String> users(String name, List<String> texts) throws RefusedException {
        for (var text : texts) {
            id(name, text, UserId::new);
        }
        return texts;
    }

    static <T> T id(String field, String text, Function<String, T> type) throws RefusedException {
        try {
            return type.apply(text);
        } catch (InvalidIdException e) {
            throw Fields.invalid(field + ": " + e.getMessage());
        }
    }

    /** A number of a path, as the protocol writes one: from 1, ASCII digits, no sign, no zero before it. */
    static long number(String name, String text) throws RefusedException {
        if (!text.matches("[1-9][0-9]{0,18}")) {
            throw Fields.invalid(name + " is an integer of at least 1");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException beyond64Bits) {
            throw Fields.invalid(name + " has at most 64 bits");
        }
    }

    /** Milliseconds since the epoch, before the year 10000. */
    static @Nullable Instant time(String name, Fields fields, long min) throws RefusedException {
        var ms = fields.optionalInteger(name, min);
        if (ms != null && ms > LATEST_MS) {
            throw Fields.invalid(name + " lies before the year 10000");
        }
        return ms == null ? null : Instant.ofEpochMilli(ms);
    }
}
