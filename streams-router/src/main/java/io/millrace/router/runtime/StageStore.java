package io.millrace.router.runtime;

import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The one store of a stage, in RocksDB, logged to a compacted changelog, no cache in front; {@link Section}s lie in it. One
 * per topology. Thread-safe.
 *
 * @see <a href="../../../../../../../../docs/adr/0025-one-store-per-stage.md">ADR 25</a>
 */
public final class StageStore {
    /** Its changelog is named after it. */
    public static final String NAME = TopicCatalogue.STATE;

    private final String application;
    private final RecordSerdes serdes;
    private final Map<Section<?, ?>, Serde<?>> values = new ConcurrentHashMap<>();

    /** @param application whose it is */
    public StageStore(String application, RecordSerdes serdes) {
        this.application = application;
        this.serdes = serdes;
    }

    public StoreBuilder<KeyValueStore<byte[], byte[]>> builder() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** A section of the store of the task whose context this is. */
    public <K, V> SectionStore<K, V> open(ProcessorContext<?, ?> context, Section<K, V> section) {
        return open(context.<KeyValueStore<byte[], byte[]>>getStateStore(NAME), section);
    }

    public <K, V> SectionStore<K, V> open(KeyValueStore<byte[], byte[]> store, Section<K, V> section) {
        return new SectionStore<>(store, section, serde(section), topic(section));
    }

    /** The key that the changelog has. */
    public <K> byte[] key(ChangelogRecord<K, ?> record) {
        return record.section().stored(record.key());
    }

    /** The value that the changelog has. */
    public <V> byte[] value(ChangelogRecord<?, V> record) {
        return serde(record.section()).serializer().serialize(topic(record.section()), record.value());
    }

    @SuppressWarnings("unchecked") // a section says of which values its serde is
    private <V> Serde<V> serde(Section<?, V> section) {
        return (Serde<V>) values.computeIfAbsent(section, each -> each.values().apply(serdes));
    }

    /** What a section's values are written for: the changelog that it would have by itself. */
    private String topic(Section<?, ?> section) {
        return TopicCatalogue.changelog(application, section.name());
    }
}
