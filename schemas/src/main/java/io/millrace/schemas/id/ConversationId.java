package io.millrace.schemas.id;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * {@code d:<a>:<b>} a direct conversation, {@code a} not after {@code b} by ASCII code; {@code g:<id>} a group;
 * {@code r:<id>} a live room. The id is the partition key of everything that happens in the conversation.
 */
public record ConversationId(String value) {
    /** What an id says about its conversation. */
    public enum Kind {
        DIRECT,
        GROUP,
        ROOM
    }

    /** @throws InvalidIdException if the text breaks the grammar */
    public ConversationId {
        if (value.length() < 3 || value.length() > 128 || value.charAt(1) != ':') {
            throw new InvalidIdException("a conversation id is d:<user>:<user>, g:<id> or r:<id>");
        }
        switch (value.charAt(0)) {
            case 'd' -> checkDirect(value);
            case 'g', 'r' -> Grammar.name("a conversation's name", value.substring(2), 62);
            default -> throw new InvalidIdException("a conversation id starts with d:, g: or r:");
        }
    }

    /** The direct conversation of two users, or of one with itself: its notes. */
    public static ConversationId direct(UserId one, UserId other) {
        boolean inOrder = one.compareTo(other) <= 0;
        return new ConversationId("d:" + (inOrder ? one : other) + ":" + (inOrder ? other : one));
    }

    /**
     * The group that this create command makes: a function of creator and key, so that creation is idempotent for ever
     * and the id is known before the group exists. 128 bits of SHA-256 in Crockford's base 32.
     */
    public static ConversationId group(UserId creator, ClientMessageId key) {
        byte[] digest = sha256().digest((creator + "\0" + key).getBytes(StandardCharsets.UTF_8));
        return new ConversationId("g:" + Crockford32.encode(Arrays.copyOf(digest, 16)));
    }

    public Kind kind() {
        return switch (value.charAt(0)) {
            case 'd' -> Kind.DIRECT;
            case 'g' -> Kind.GROUP;
            default -> Kind.ROOM;
        };
    }

    /** First user of a direct conversation by ASCII order. */
    public UserId first() {
        return new UserId(value.substring(2, value.indexOf(':', 2)));
    }

    /** Second user of a direct conversation; the same as the first in one's own notes. */
    public UserId second() {
        return new UserId(value.substring(value.indexOf(':', 2) + 1));
    }

    /** Whether this is a direct conversation of that user. */
    public boolean isDirectOf(String user) {
        return kind() == Kind.DIRECT
                && (first().value().equals(user) || second().value().equals(user));
    }

    private static void checkDirect(String value) {
        int colon = value.indexOf(':', 2);
        if (colon < 0) {
            throw new InvalidIdException("a direct conversation id is d:<user>:<user>");
        }
        var first = new UserId(value.substring(2, colon));
        var second = new UserId(value.substring(colon + 1));
        if (first.compareTo(second) > 0) {
            throw new InvalidIdException("the users of a direct conversation id stand in ASCII order");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
