package io.millrace.router.runtime;

import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Stores as this house wants them: RocksDB, logged to a compacted changelog, no cache in front. */
public final class StoreBuilders {
    private StoreBuilders() {}

    public static <K, V> StoreBuilder<KeyValueStore<K, V>> persistent(String name, Serde<K> key, Serde<V> value) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), key, value)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }
}
