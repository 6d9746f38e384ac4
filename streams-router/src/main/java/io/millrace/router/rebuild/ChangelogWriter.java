package io.millrace.router.rebuild;

import io.millrace.router.runtime.ChangelogRecord;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Writes changelog records of one application in transactions of bounded size. Not thread-safe. */
final class ChangelogWriter implements AutoCloseable {
    private static final int PER_TRANSACTION = 10_000;

    private final String application;
    private final Serializer<SpecificRecord> serializer;
    private final KafkaProducer<byte[], byte[]> producer;
    private int inTransaction;
    private long written;

    ChangelogWriter(String application, Map<String, Object> producerSettings, RecordSerdes serdes) {
        this.application = application;
        this.serializer = serdes.serializer(SpecificRecord.class);
        var settings = new HashMap<>(producerSettings);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, application + "-rebuild-state");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    void write(int partition, ChangelogRecord record) {
        if (inTransaction == 0) {
            producer.beginTransaction();
        }
        var topic = TopicCatalogue.changelog(application, record.store());
        // What a send runs into is thrown by commitTransaction.
        var unused =
                producer.send(new ProducerRecord<>(topic, partition, record.key(), bytes(serializer, topic, record)));
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

    static byte[] bytes(Serializer<SpecificRecord> serializer, String topic, ChangelogRecord record) {
        var value = record.value();
        if (value == null) {
            var bytes = record.bytes();
            if (bytes == null) {
                throw new IllegalArgumentException("a changelog record has a value");
            }
            return bytes;
        }
        return serializer.serialize(topic, value);
    }
}
