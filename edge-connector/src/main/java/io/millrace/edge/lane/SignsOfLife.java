package io.millrace.edge.lane;

import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Writes {@code EDGE_ALIVE} and {@code EDGE_GONE}, each into every partition of {@code user-commands}. */
final class SignsOfLife {
    private final Producer<String, SpecificRecord> producer;

    SignsOfLife(Producer<String, SpecificRecord> producer) {
        this.producer = producer;
    }

    /**
     * Tells every partition that this life is lived, and waits until all of them have it.
     *
     * @throws KafkaException if one of them did not acknowledge in time
     */
    void alive(EdgeLife life, long tick, Duration within) throws InterruptedException {
        write(life, UserCommandType.EDGE_ALIVE, tick, within);
    }

    /** Tells every partition that this life is over, and waits like {@link #alive}. */
    void gone(EdgeLife life, Duration within) throws InterruptedException {
        write(life, UserCommandType.EDGE_GONE, null, within);
    }

    private void write(EdgeLife life, UserCommandType type, @Nullable Long tick, Duration within)
            throws InterruptedException {
        var topic = TopicCatalogue.USER_COMMANDS.name();
        var record = UserCommand.newBuilder()
                .setType(type)
                .setOrigin(life.origin(null, 0))
                .setTick(tick)
                .build();
        var acknowledgements = new ArrayList<Future<?>>();
        for (var partition : producer.partitionsFor(topic)) {
            acknowledgements.add(producer.send(new ProducerRecord<>(topic, partition.partition(), life.id(), record)));
        }
        long deadline = System.nanoTime() + within.toNanos();
        for (var acknowledgement : acknowledgements) {
            try {
                acknowledgement.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                throw new KafkaException("a sign of life was not written", e.getCause());
            } catch (TimeoutException e) {
                throw new KafkaException("a sign of life was not acknowledged in time", e);
            }
        }
    }
}
