package io.millrace.timeline.cassandra;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one row, as bytes. Of two values for a cell the one with the later stamp stays, of equal ones the greater
 * value, as in Cassandra. Small, for there may be a million of them. Not thread-safe.
 */
public final class RowCells {
    private static final int FEW = 8;

    private String[] names = new String[FEW];
    private byte[][] values = new byte[FEW][];
    private long[] stamps = new long[FEW];
    private int size;

    void put(String name, ByteBuffer value, long stamp) {
        var bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        int at = indexOf(name);
        if (at < 0) {
            grow();
            names[size] = name;
            values[size] = bytes;
            stamps[size++] = stamp;
        } else if (stamp > stamps[at] || (stamp == stamps[at] && Arrays.compareUnsigned(bytes, values[at]) > 0)) {
            values[at] = bytes;
            stamps[at] = stamp;
        }
    }

    private void grow() {
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            stamps = Arrays.copyOf(stamps, 2 * size);
        }
    }

    private int indexOf(String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Columns, and elements as {@code column[key]}. */
    public List<String> names() {
        return List.of(Arrays.copyOf(names, size));
    }

    public @Nullable ByteBuffer value(String name) {
        int at = indexOf(name);
        return at < 0 ? null : ByteBuffer.wrap(values[at]).asReadOnlyBuffer();
    }

    /** Write timestamp of the value in microseconds; 0 in a row that was read. */
    public long stamp(String name) {
        int at = indexOf(name);
        return at < 0 ? 0 : stamps[at];
    }

    /** Whether both have the same cells with the same values, whenever they were written. */
    public boolean hasValuesOf(RowCells other) {
        return size == other.size
                && names().stream().allMatch(name -> {
                    var there = other.value(name);
                    return there != null && there.equals(value(name));
                });
    }

    @Override
    public String toString() {
        return "RowCells" + names();
    }
}
