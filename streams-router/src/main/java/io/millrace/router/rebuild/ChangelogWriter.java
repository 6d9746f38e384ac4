package io.millrace.router.rebuild;

import io.millrace.router.runtime.ChangelogRecord;
import io.millrace.router.runtime.StageStore;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes changelog records of one application in transactions of bounded size. Not thread-safe. */
final class ChangelogWriter implements AutoCloseable {
    private static final int PER_TRANSACTION = 10_000;

    private final String topic;
    private final StageStore store;
    private final KafkaProducer<byte[], byte[]> producer;
    private int inTransaction;
    private long written;

    ChangelogWriter(String application, Map<String, Object> producerSettings, RecordSerdes serdes) {
        this.topic = TopicCatalogue.changelog(application, StageStore.NAME);
        this.store = new StageStore(application, serdes);
        var settings = new HashMap<>(producerSettings);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, application + "-rebuild-state");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    void write(int partition, ChangelogRecord<?, ?> record) {
        if (inTransaction == 0) {
            producer.beginTransaction();
        }
        // What a send runs into is thrown by commitTransaction.
        var unused = producer.send(new ProducerRecord<>(topic, partition, store.key(record), store.value(record)));
        written++;
        if (++inTransaction == PER_TRANSACTION) {
            commit();
        }
    }

    void commit() {
        if (inTransaction > 0) {
            producer.commitTransaction();
            inTransaction = 0;
        }
    }

    long written() {
        return written;
    }

    @Override
    public void close() {
        producer.close();
    }
}
