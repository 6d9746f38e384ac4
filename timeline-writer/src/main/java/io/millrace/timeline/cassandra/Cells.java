package io.millrace.timeline.cassandra;

import com.datastax.driver.core.Row;
import io.millrace.schemas.record.Hash128;
import org.jspecify.annotations.Nullable;

/** Reads cells that may be absent. */
final class Cells {
    private Cells() {}

    static @Nullable Long number(Row row, String name) {
        return row.isNull(name) ? null : (Long) row.getLong(name);
    }

    /** Null where no hash is known: it is stored as no bytes, so that it overwrites an earlier one. */
    static @Nullable Hash128 hash(Row row, String name) {
        var buffer = row.getBytes(name);
        if (buffer == null || buffer.remaining() != 16) {
            return null;
        }
        var bytes = new byte[16];
        buffer.get(bytes);
        return new Hash128(bytes);
    }
}
