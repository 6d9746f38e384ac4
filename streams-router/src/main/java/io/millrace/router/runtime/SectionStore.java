package io.millrace.router.runtime;

import java.util.Arrays;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** One section of the store of a task: nothing outside of it is seen or changed. Not thread-safe. */
public final class SectionStore<K, V> {
    private final KeyValueStore<byte[], byte[]> store;
    private final Section<K, V> section;
    private final Serde<V> values;
    private final String topic;

    /** @param topic that values are written for, as the registry knows it */
    SectionStore(KeyValueStore<byte[], byte[]> store, Section<K, V> section, Serde<V> values, String topic) {
        this.store = store;
        this.section = section;
        this.values = values;
        this.topic = topic;
    }

    public @Nullable V get(K key) {
        byte[] bytes = store.get(section.stored(key));
        return bytes == null ? null : values.deserializer().deserialize(topic, bytes);
    }

    public void put(K key, V value) {
        store.put(section.stored(key), values.serializer().serialize(topic, value));
    }

    public void delete(K key) {
        store.delete(section.stored(key));
    }

    /** In order of the bytes of keys, both ends included. To be closed. */
    public KeyValueIterator<K, V> range(K from, K to) {
        return new Entries(store.range(section.stored(from), section.stored(to)));
    }

    /** In order of the bytes of keys. To be closed. */
    public KeyValueIterator<K, V> all() {
        return new Entries(store.range(new byte[] {(byte) section.tag()}, new byte[] {(byte) (section.tag() + 1)}));
    }

    private final class Entries implements KeyValueIterator<K, V> {
        private final KeyValueIterator<byte[], byte[]> stored;

        Entries(KeyValueIterator<byte[], byte[]> stored) {
            this.stored = stored;
        }

        @Override
        public boolean hasNext() {
            return stored.hasNext();
        }

        @Override
        public KeyValue<K, V> next() {
            var next = stored.next();
            return KeyValue.pair(key(next.key), values.deserializer().deserialize(topic, next.value));
        }

        @Override
        public K peekNextKey() {
            return key(stored.peekNextKey());
        }

        @Override
        public void close() {
            stored.close();
        }

        private K key(byte[] bytes) {
            return section.keys()
                    .deserializer()
                    .deserialize(section.name(), Arrays.copyOfRange(bytes, 1, bytes.length));
        }
    }
}
