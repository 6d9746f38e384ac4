package io.millrace.router.runtime;

import io.millrace.schemas.serde.RecordSerdes;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * One kind of what a stage remembers; all of them lie in its one store, told apart by the first byte of their keys. Names
 * and tags are a compatibility contract.
 *
 * @param name under {@code <application>-<name>-changelog-value} the registry knows its values, if they are records
 * @param tag first byte of its keys, no other section's; an ASCII character
 * @param keys how the rest of a key is written; no key is empty
 * @param values how values are written
 * @see <a href="../../../../../../../../docs/adr/0025-one-store-per-stage.md">ADR 25</a>
 */
public record Section<K, V>(String name, char tag, Serde<K> keys, Function<RecordSerdes, Serde<V>> values) {
    public Section {
        if (tag < ' ' || tag > '~') {
            throw new IllegalArgumentException("the tag of section " + name + " is an ASCII character");
        }
    }

    /** Records by text. */
    public static <V extends SpecificRecord> Section<String, V> ofRecords(String name, char tag, Class<V> type) {
        return new Section<>(name, tag, Serdes.String(), serdes -> serdes.serde(type));
    }

    /** Records by bytes. */
    public static <V extends SpecificRecord> Section<byte[], V> ofRecordsByBytes(String name, char tag, Class<V> type) {
        return new Section<>(name, tag, Serdes.ByteArray(), serdes -> serdes.serde(type));
    }

    /** Numbers by text. */
    public static Section<String, Long> ofNumbers(String name, char tag) {
        return new Section<>(name, tag, Serdes.String(), serdes -> Serdes.Long());
    }

    /** Bytes by bytes. */
    public static Section<byte[], byte[]> ofBytes(String name, char tag) {
        return new Section<>(name, tag, Serdes.ByteArray(), serdes -> Serdes.ByteArray());
    }

    /** As the store and its changelog have it. */
    byte[] stored(K key) {
        byte[] bytes = keys.serializer().serialize(name, key);
        byte[] tagged = new byte[bytes.length + 1];
        tagged[0] = (byte) tag;
        System.arraycopy(bytes, 0, tagged, 1, bytes.length);
        return tagged;
    }
}
