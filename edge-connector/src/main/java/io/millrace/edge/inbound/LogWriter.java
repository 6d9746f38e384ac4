package io.millrace.edge.inbound;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue before a producer, and the one thread that empties it: {@code send} may block on metadata, on a full
 * buffer or on the registry, and no I/O thread may. One thread keeps the order in which records were offered. Does not
 * own the producer.
 */
public final class LogWriter implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LogWriter.class);

    private final Producer<String, SpecificRecord> producer;
    private final BlockingQueue<Job> queue;
    private final Thread thread;
    private volatile boolean closed;

    public LogWriter(String name, Producer<String, SpecificRecord> producer, int capacity) {
        this.producer = producer;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** A record on its way. Called on the writer's and the producer's threads; must not block. */
    interface Job {
        /** False drops the job: whoever asked no longer wants it. */
        boolean isWanted();

        ProducerRecord<String, SpecificRecord> record();

        void onAcknowledged();

        /** It may have been written all the same. */
        void onFailed(Exception cause);
    }

    /** Never blocks; false when the queue is full. */
    boolean offer(Job job) {
        return !closed && queue.offer(job);
    }

    /** Whether so much waits that what can be left out is left out. */
    boolean isBusy() {
        return queue.remainingCapacity() < queue.size();
    }

    int waiting() {
        return queue.size();
    }

    private void run() {
        try {
            while (!closed || !queue.isEmpty()) {
                var job = queue.poll(100, TimeUnit.MILLISECONDS);
                if (job != null && job.isWanted()) {
                    write(job);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Job job) {
        try {
            var unused = producer.send(job.record(), (metadata, e) -> {
                if (e == null) {
                    job.onAcknowledged();
                } else {
                    job.onFailed(e);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            // Transient (Kafka or registry away) or closing: whoever waits is told, and decides to try again.
            LOGGER.atDebug().addKeyValue("error", e.toString()).log("record not sent");
            job.onFailed(e);
        }
    }

    /** Writes what waits, for at most two seconds. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(Duration.ofSeconds(2).toMillis());
        thread.interrupt();
    }
}
