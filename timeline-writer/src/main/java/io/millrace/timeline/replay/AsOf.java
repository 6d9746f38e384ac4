package io.millrace.timeline.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schemas.body.KeyRing;
import io.millrace.timeline.cassandra.FoldedTables;
import io.millrace.timeline.cassandra.PartitionName;
import io.millrace.timeline.cassandra.RowCells;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tables in memory as JSON: by table the rows, in order, each with its key and its cells. */
final class AsOf {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final boolean bodies;
    private final KeyRing keys;

    /**
     * @param bodies whether what people wrote is shown, or hashes of it
     * @param keys what it is read with; a body whose key is not among them is shown as null
     */
    AsOf(boolean bodies, KeyRing keys) {
        this.bodies = bodies;
        this.keys = keys;
    }

    /** One row of a table. */
    private record Keyed(List<Comparable<?>> key, ObjectNode json) {}

    ObjectNode of(FoldedTables tables) {
        var byTable = new TreeMap<String, List<Keyed>>();
        for (var partition : tables.partitions()) {
            var rows = byTable.computeIfAbsent(partition.table().name(), t -> new ArrayList<>());
            tables.rows(partition).forEach((key, cells) -> rows.add(row(partition, key, cells)));
        }
        var json = JSON.createObjectNode();
        byTable.forEach((table, rows) -> {
            rows.sort(Comparator.comparing(Keyed::key, AsOf::compare));
            ArrayNode array = json.putArray(table);
            rows.forEach(row -> array.add(row.json()));
        });
        return json;
    }

    private Keyed row(PartitionName partition, List<ByteBuffer> key, RowCells cells) {
        var table = partition.table();
        var json = JSON.createObjectNode();
        var sort = new ArrayList<Comparable<?>>();
        for (var column : table.partitionKey()) {
            put(json, sort, column, partition.value(column));
        }
        for (int i = 0; i < key.size(); i++) {
            var column = table.clustering().get(i);
            put(json, sort, column, table.decode(column, key.get(i)));
        }
        for (var cell : cells.names().stream().sorted().toList()) {
            var value = cells.value(cell);
            if (value == null) {
                continue;
            }
            if (!bodies && CellText.isWritten(cell)) {
                json.put(cell, CellText.hash(value));
            } else if (cell.equals("body")) {
                json.put(cell, clear(value, cells.value("body_key")));
            } else {
                json.set(cell, JSON.valueToTree(table.decode(cell, value)));
            }
        }
        return new Keyed(sort, json);
    }

    private @Nullable String clear(ByteBuffer body, @Nullable ByteBuffer keyId) {
        var clear = keyId == null || !body.hasRemaining()
                ? Optional.of(body)
                : keys.decrypt(StandardCharsets.UTF_8.decode(keyId.duplicate()).toString(), body);
        return clear.map(bytes ->
                        StandardCharsets.UTF_8.decode(bytes.duplicate()).toString())
                .orElse(null);
    }

    private static void put(ObjectNode json, List<Comparable<?>> sort, String column, Object value) {
        json.set(column, JSON.valueToTree(value));
        sort.add((Comparable<?>) value);
    }

    /** By numbers and texts of the key, from the first on; a shorter key first. */
    private static int compare(List<Comparable<?>> one, List<Comparable<?>> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = one.get(i) instanceof Long a && other.get(i) instanceof Long b
                    ? Long.compare(a, b)
                    : one.get(i).toString().compareTo(other.get(i).toString());
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }
}
