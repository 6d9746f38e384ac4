package io.millrace.guarantees.load;

import java.util.OptionalLong;

/**
 * A message to be sent. The number of its operation is its {@code ref}, its key and the begin of its text, so that every
 * place where it shows up can be told.
 *
 * @param operation unique in a run
 * @param to {@code {"user":…}} or {@code {"conversation":…}}, as JSON
 * @param characters length of its text
 */
public record Message(long operation, String to, int characters) {
    private static final String MARK = "load ";
    private static final String KEY = "load-";
    private static final int MOST_DIGITS = 15;
    private static final String PADDING = "x".repeat(8192);

    public static String toUser(String user) {
        return "{\"user\":\"" + user + "\"}";
    }

    public static String toConversation(String conversation) {
        return "{\"conversation\":\"" + conversation + "\"}";
    }

    /** The number of the operation, and as much more as there are to be characters. */
    public String text() {
        var text = new StringBuilder(characters + 32)
                .append(MARK)
                .append(operation)
                .append(' ');
        text.append(PADDING, 0, Math.max(0, Math.min(PADDING.length(), characters - text.length())));
        return text.toString();
    }

    String frame() {
        return "{\"type\":\"send\",\"ref\":" + operation + ",\"clientMessageId\":\"" + KEY + operation + "\",\"to\":"
                + to + ",\"body\":{\"kind\":\"text\",\"text\":\"" + text() + "\"}}";
    }

    /** The operation whose message has that text, if it is one of these. */
    public static OptionalLong operationOf(String text) {
        if (!text.startsWith(MARK)) {
            return OptionalLong.empty();
        }
        int end = text.indexOf(' ', MARK.length());
        return end < 0 ? OptionalLong.empty() : number(text.substring(MARK.length(), end));
    }

    /** The operation with that key, if it is one of these. */
    static OptionalLong operationOfKey(String key) {
        return key.startsWith(KEY) ? number(key.substring(KEY.length())) : OptionalLong.empty();
    }

    private static OptionalLong number(String digits) {
        if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                return OptionalLong.empty();
            }
            number = number * 10 + digit - '0';
        }
        return OptionalLong.of(number);
    }
}
