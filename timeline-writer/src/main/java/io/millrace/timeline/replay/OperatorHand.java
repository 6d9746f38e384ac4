package io.millrace.timeline.replay;

import io.millrace.schemas.record.OperatorAct;
import io.millrace.service.kafka.KafkaClientConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes what an operator does to the log, and what is said of it in the audit, in one transaction: both are there or
 * neither. There is one hand: whoever opens another one takes over, and what the first had not committed never was. So
 * what is read in the audit after {@link #open} is all there is, until this hand writes more. Used by one thread.
 */
final class OperatorHand implements AutoCloseable {
    static final String TRANSACTIONAL_ID = "operator";

    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<OperatorAct> acts;

    private OperatorHand(KafkaProducer<byte[], byte[]> producer, Serializer<OperatorAct> acts) {
        this.producer = producer;
        this.acts = acts;
    }

    static OperatorHand open(KafkaClientConfig kafka) {
        return open(kafka, Duration.ofMinutes(1));
    }

    /** @param longest that a transaction may take, at most what the brokers allow */
    static OperatorHand open(KafkaClientConfig kafka, Duration longest) {
        var settings = new HashMap<>(kafka.producer());
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(longest.toMillis()));
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            producer.close();
            throw e;
        }
        return new OperatorHand(producer, kafka.serdes().serializer(OperatorAct.class));
    }

    /** What is to be said of something that was done. */
    interface Saying {
        /** @param written where the records stand, in their order */
        OperatorAct of(List<RecordMetadata> written);
    }

    /** Returns when the records and the act are committed; where it throws, none of them is. */
    OperatorAct write(List<ProducerRecord<byte[], byte[]>> records, Saying saying) throws InterruptedException {
        return transact(() -> {
            var act = saying.of(sent(records));
            sent(List.of(record(act)));
            return act;
        });
    }

    /**
     * The same, where records need a time: the broker's, which is given them.
     *
     * @param records by milliseconds since the epoch
     */
    void write(OperatorAct act, LongFunction<List<ProducerRecord<byte[], byte[]>>> records)
            throws InterruptedException {
        transact(() -> {
            long brokerMs = sent(List.of(record(act))).get(0).timestamp();
            sent(records.apply(brokerMs));
            return act;
        });
    }

    /** The same for several acts. */
    void write(List<ProducerRecord<byte[], byte[]>> records, List<OperatorAct> said) throws InterruptedException {
        transact(() -> {
            sent(records);
            return sent(said.stream().map(this::record).toList());
        });
    }

    /**
     * Writes records and how far what they were made from is taken, as the place of a group without members, both or neither.
     * What is said of it is said elsewhere.
     */
    void carry(
            List<ProducerRecord<byte[], byte[]>> records, ConsumerGroupMetadata group, Map<TopicPartition, Long> places)
            throws InterruptedException {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        places.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        transact(() -> {
            var written = sent(records);
            producer.sendOffsetsToTransaction(offsets, group);
            return written;
        });
    }

    /** Gives records, one by one. */
    interface Source {
        void into(Consumer<ProducerRecord<byte[], byte[]>> out) throws InterruptedException;
    }

    /** The same for any number of records; the act comes first. */
    void stream(OperatorAct act, Source source) throws InterruptedException {
        transact(() -> {
            sent(List.of(record(act)));
            var last = new AtomicReference<Future<RecordMetadata>>();
            source.into(record -> last.set(producer.send(record)));
            producer.flush();
            var sent = last.get();
            if (sent != null) {
                sent.get(); // what failed before it fails the commit
            }
            return act;
        });
    }

    private List<RecordMetadata> sent(List<ProducerRecord<byte[], byte[]>> records)
            throws InterruptedException, ExecutionException {
        var sent = records.stream().map(producer::send).toList();
        producer.flush();
        var written = new ArrayList<RecordMetadata>();
        for (var each : sent) {
            written.add(each.get());
        }
        return written;
    }

    private ProducerRecord<byte[], byte[]> record(OperatorAct act) {
        return new ProducerRecord<>(
                AuditLog.TOPIC, act.getSubject().getBytes(StandardCharsets.UTF_8), acts.serialize(AuditLog.TOPIC, act));
    }

    private interface Work<T> {
        T run() throws InterruptedException, ExecutionException;
    }

    private <T> T transact(Work<T> work) throws InterruptedException {
        try {
            producer.beginTransaction();
            var result = work.run();
            producer.commitTransaction();
            return result;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProducerFencedException
                    || e.getCause() instanceof InvalidProducerEpochException) {
                throw fenced(e.getCause());
            }
            producer.abortTransaction();
            throw new KafkaException("nothing was written", e.getCause());
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw fenced(e);
        } catch (RuntimeException e) {
            producer.abortTransaction();
            throw e;
        }
    }

    private static ReplayException fenced(Throwable e) {
        return new ReplayException("somebody began such a command meanwhile and it took over; run this one again", e);
    }

    @Override
    public void close() {
        producer.close();
    }
}
