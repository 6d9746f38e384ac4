package io.millrace.timeline.replay;

import io.millrace.timeline.cassandra.TableShape;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stored value for people: what somebody wrote is shown as a hash. */
final class CellText {
    private static final Set<String> WRITTEN =
            Set.of("body", "settings", "title", "alias", "value", "details", "emoji");

    private CellText() {}

    /** Whether the column holds what somebody wrote. */
    static boolean isWritten(String cell) {
        return WRITTEN.contains(TableShape.columnOf(cell));
    }

    static String of(TableShape table, String cell, @Nullable ByteBuffer value) {
        if (value == null) {
            return "none";
        }
        if (isWritten(cell)) {
            return hash(value);
        }
        var decoded = table.decode(cell, value);
        return decoded instanceof String text ? "'" + text + "'" : decoded.toString();
    }

    /** First bytes of its SHA-256, and how long it is. */
    static String hash(ByteBuffer value) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(value.duplicate());
            var first = HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), 6));
            return "#" + first + " (" + value.remaining() + " bytes)";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
