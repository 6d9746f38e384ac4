package io.millrace.timeline.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schemas.record.ActKind;
import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.record.OperatorAct;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Dead letters as text; what somebody wrote is in it only where it is asked for. */
final class LetterText {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final PrintWriter out;

    LetterText(PrintWriter out) {
        this.out = out;
    }

    /** One line. */
    void line(DeadLetters.Found found) {
        var letter = found.letter();
        out.printf(
                Locale.ROOT,
                "%-24s %-14s %-24s %-24s%s%n",
                found.name(),
                letter.getCause(),
                source(letter),
                letter.getTimestamp(),
                found.handled() == null ? "" : " " + handled(found.handled()));
    }

    void details(DeadLetters.Found found) {
        var letter = found.letter();
        out.println("letter     " + found.name());
        out.println("cause      " + letter.getCause() + ": " + letter.getDetail());
        out.println("source     " + source(letter) + " at " + letter.getTimestamp());
        out.println("refused by " + letter.getComponent());
        out.println("key        " + size(letter.getKey()));
        out.println("value      " + size(letter.getValue()));
        out.println("handled    " + (found.handled() == null ? "no" : handled(found.handled())));
    }

    /** What stands in it, readable as far as it can be. */
    void content(OriginalRecord original, @Nullable IndexedRecord decoded) {
        out.println("key is     " + readable(original.key()));
        out.println("value is   " + (decoded == null ? readable(original.value()) : json(decoded)));
        out.println("taken from " + (original.fromSource() ? "the source topic" : "the letter"));
    }

    static String source(DeadLetter letter) {
        return letter.getTopic() + ":" + letter.getPartition() + ":" + letter.getOffset();
    }

    static String handled(OperatorAct act) {
        var what = act.getAct() == ActKind.DEAD_LETTER_DROPPED ? "dropped" : "replayed";
        return what + " " + act.getAt() + " by " + act.getBy()
                + (act.getReason() == null ? "" : ": " + act.getReason());
    }

    private static String size(@Nullable ByteBuffer bytes) {
        return bytes == null ? "none" : bytes.remaining() + " bytes";
    }

    /** Text where it is text, else hexadecimal. */
    private static String readable(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return "none";
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.duplicate())
                    .toString();
            if (text.codePoints().noneMatch(Character::isISOControl)) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // it is no text: shown as what it is
        }
        return "0x" + HexFormat.of().formatHex(OriginalRecord.bytes(bytes));
    }

    private static ObjectNode json(IndexedRecord record) {
        var json = JSON.objectNode();
        for (var field : record.getSchema().getFields()) {
            var value = record.get(field.pos());
            if (value instanceof IndexedRecord inner) {
                json.set(field.name(), json(inner));
            } else if (value instanceof ByteBuffer bytes) {
                json.put(field.name(), readable(bytes));
            } else if (value != null) {
                json.put(field.name(), value.toString());
            }
        }
        return json;
    }
}
