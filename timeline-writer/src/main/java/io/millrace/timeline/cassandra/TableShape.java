package io.millrace.timeline.cassandra;

import com.datastax.driver.core.ProtocolVersion;
import com.datastax.driver.core.TypeCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A table as the numbered .cql files make it.
 *
 * @param columns type by name, those of the key among them, in the order of the files
 * @param statics columns that a partition has once
 */
public record TableShape(
        String name,
        List<String> partitionKey,
        List<String> clustering,
        Map<String, String> columns,
        Set<String> statics) {
    private static final Pattern ELEMENT = Pattern.compile("(\\w+)\\[(.*)]", Pattern.DOTALL);

    /** The tables that are written from the log, by name. */
    public static Map<String, TableShape> all() {
        return CqlFiles.TABLES;
    }

    /** Columns that are not part of the key. */
    public List<String> values() {
        return columns.keySet().stream()
                .filter(column -> !partitionKey.contains(column) && !clustering.contains(column))
                .toList();
    }

    /** Whether each element of that column is a cell of its own. */
    boolean hasElements(String column) {
        return type(column).startsWith("map<");
    }

    private String type(String column) {
        var type = columns.get(column);
        if (type == null) {
            throw new IllegalArgumentException("table " + name + " has no column " + column);
        }
        return type;
    }

    /** Name of the cell of one element. */
    static String element(String column, ByteBuffer key) {
        return column + '[' + text(key) + ']';
    }

    /** The column of a cell. */
    public static String columnOf(String cell) {
        var element = ELEMENT.matcher(cell);
        return element.matches() ? element.group(1) : cell;
    }

    /** The key of an element's cell, as it is stored. */
    static ByteBuffer keyOf(String cell) {
        var element = ELEMENT.matcher(cell);
        if (!element.matches()) {
            throw new IllegalArgumentException(cell + " is no element");
        }
        return ByteBuffer.wrap(element.group(2).getBytes(StandardCharsets.UTF_8));
    }

    /** What a stored value says: text, a number, a truth value, a list or map of text; other bytes as hexadecimal text. */
    public Object decode(String cell, ByteBuffer value) {
        var column = columnOf(cell);
        var type = hasElements(column) ? "bigint" : type(column);
        return switch (type) {
            case "text" -> text(value);
            case "bigint" -> value.duplicate().getLong();
            case "boolean" -> value.duplicate().get() != 0;
            case "frozen<list<text>>" ->
                TypeCodec.list(TypeCodec.varchar()).deserialize(value.duplicate(), ProtocolVersion.V4);
            case "frozen<map<text, text>>" ->
                new LinkedHashMap<>(TypeCodec.map(TypeCodec.varchar(), TypeCodec.varchar())
                        .deserialize(value.duplicate(), ProtocolVersion.V4));
            default -> hex(value);
        };
    }

    private static String text(ByteBuffer value) {
        return StandardCharsets.UTF_8.decode(value.duplicate()).toString();
    }

    private static String hex(ByteBuffer value) {
        var bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
