package io.millrace.schemas.id;

import java.util.OptionalLong;

/** The client's idempotency key: 1 to 64 characters of {@code [A-Za-z0-9._:-]}. */
public record ClientMessageId(String value) {
    /** @throws InvalidIdException if the text breaks the grammar */
    public ClientMessageId {
        if (value.isEmpty() || value.length() > 64) {
            throw new InvalidIdException("a clientMessageId is 1 to 64 characters");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Grammar.alphanumeric(c) && c != '.' && c != '_' && c != ':' && c != '-') {
                throw new InvalidIdException("a clientMessageId has a character outside [A-Za-z0-9._:-]");
            }
        }
    }

    /** The key's own time in milliseconds since the epoch if it is a UUIDv7 (RFC 9562, section 5.7), else empty. */
    public OptionalLong timestampMs() {
        if (value.length() != 36
                || value.charAt(8) != '-'
                || value.charAt(13) != '-'
                || value.charAt(14) != '7'
                || value.charAt(18) != '-'
                || value.charAt(23) != '-') {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(value, 0, 8, 16) << 16 | Long.parseLong(value, 9, 13, 16));
        } catch (NumberFormatException notHex) {
            return OptionalLong.empty();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
