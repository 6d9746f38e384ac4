package io.millrace.timeline.cassandra;

import com.datastax.driver.core.BoundStatement;
import com.datastax.driver.core.PreparedStatement;
import io.millrace.schemas.record.Hash128;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds by name and leaves absent values unset: a bound null would be a tombstone. */
final class Binder {
    private final BoundStatement bound;

    private Binder(BoundStatement bound) {
        this.bound = bound;
    }

    static Binder of(PreparedStatement statement) {
        return new Binder(statement.bind());
    }

    Binder text(String name, @Nullable String value) {
        if (value != null) {
            bound.setString(name, value);
        }
        return this;
    }

    Binder number(String name, @Nullable Long value) {
        if (value != null) {
            bound.setLong(name, value);
        }
        return this;
    }

    Binder integer(String name, int value) {
        bound.setInt(name, value);
        return this;
    }

    Binder bool(String name, boolean value) {
        bound.setBool(name, value);
        return this;
    }

    Binder optionalBool(String name, @Nullable Boolean value) {
        if (value != null) {
            bound.setBool(name, value);
        }
        return this;
    }

    Binder hash(String name, @Nullable Hash128 value) {
        if (value != null) {
            bound.setBytes(name, ByteBuffer.wrap(value.bytes()));
        }
        return this;
    }

    /** An unknown hash as no bytes, so that it overwrites an earlier one. */
    Binder hashOrNone(String name, @Nullable Hash128 value) {
        bound.setBytes(name, value == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(value.bytes()));
        return this;
    }

    Binder bytes(String name, ByteBuffer value) {
        bound.setBytes(name, value.duplicate());
        return this;
    }

    Binder texts(String name, List<String> value) {
        if (!value.isEmpty()) {
            bound.setList(name, value, String.class);
        }
        return this;
    }

    Binder textMap(String name, Map<String, String> value) {
        if (!value.isEmpty()) {
            bound.setMap(name, value, String.class, String.class);
        }
        return this;
    }

    Binder numbers(String name, List<Long> value) {
        bound.setList(name, value, Long.class);
        return this;
    }

    Binder limit(int value) {
        bound.setInt("[limit]", value);
        return this;
    }

    BoundStatement bound() {
        return bound;
    }
}
