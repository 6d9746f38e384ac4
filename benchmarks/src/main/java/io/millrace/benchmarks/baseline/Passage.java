package io.millrace.benchmarks.baseline;

import io.millrace.benchmarks.baseline.Baseline.Size;
import io.millrace.benchmarks.machine.CpuWatch;
import io.millrace.benchmarks.report.CpuUse;
import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.report.Section;
import io.millrace.guarantees.load.Await;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Records from one topic to another, whatever is between: first warm, then at a rate with the time of each, then as many
 * as pass.
 */
final class Passage {
    private static final int HEAD = 16;
    private static final int MOST_UNDER_WAY = 10_000;
    private static final int KEYS = 500;
    private static final Duration SETTLING = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int LINGER_MS = 1;

    private final String bootstrapServers;
    private final String from;
    private final String to;
    private final Map<String, List<Long>> processes;
    private final Semaphore room = new Semaphore(MOST_UNDER_WAY);
    private volatile PacedRun.Times arrived = new PacedRun.Times("none");
    private volatile boolean bounded;
    private volatile boolean closed;

    Passage(String bootstrapServers, String from, String to, Map<String, List<Long>> processes) {
        this.bootstrapServers = bootstrapServers;
        this.from = from;
        this.to = to;
        this.processes = processes;
    }

    Section measure(String name, String arrival, Size size) throws InterruptedException {
        var reader = new Thread(this::read, "baseline-reader");
        reader.setDaemon(true);
        reader.start();
        try (var producer = LogTopics.producer(bootstrapServers, LINGER_MS)) {
            most(producer, size, size.seconds());
            var watch = CpuWatch.start(processes);
            var acknowledged = new PacedRun.Times("acknowledged");
            var through = new PacedRun.Times(arrival);
            arrived = through;
            long sent = PacedRun.pace(size.perSecond(), size.seconds(), due -> send(producer, size, due, acknowledged));
            List<CpuUse> cpu = watch.end();
            Await.that(() -> through.count() >= sent, SETTLING, 10);
            var figures = new ArrayList<Figure>();
            figures.add(new Figure("offered", size.perSecond(), "records/s"));
            figures.add(new Figure("record", size.recordBytes(), "bytes"));
            figures.add(new Figure("most that pass", most(producer, size, size.seconds()), "records/s"));
            return Section.of(name, figures, List.of(acknowledged.spread(), through.spread()), cpu);
        } finally {
            closed = true;
            reader.join();
        }
    }

    /** As many as pass with ten thousand under way; answers how many came through a second. */
    private double most(KafkaProducer<byte[], byte[]> producer, Size size, double seconds) throws InterruptedException {
        var through = new PacedRun.Times("most");
        var acknowledged = new PacedRun.Times("most, acknowledged");
        arrived = through;
        bounded = true;
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        long sent = 0;
        while (System.nanoTime() < end) {
            if (room.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                send(producer, size, System.nanoTime(), acknowledged);
                sent++;
            }
        }
        long all = sent;
        long passed = through.count();
        double took = (System.nanoTime() - began) / 1e9;
        Await.that(() -> through.count() >= all, SETTLING, 10);
        bounded = false;
        room.drainPermits();
        room.release(MOST_UNDER_WAY);
        return passed / took;
    }

    private void send(KafkaProducer<byte[], byte[]> producer, Size size, long due, PacedRun.Times acknowledged) {
        var value = new byte[Math.max(HEAD, size.recordBytes())];
        // Like text: what repeats itself would be compressed to nothing.
        new Random(due).nextBytes(value);
        ByteBuffer.wrap(value).putLong(due);
        var key = Long.toString(due % KEYS).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        var unused = producer.send(new ProducerRecord<>(from, key, value), (metadata, failure) -> {
            if (failure == null) {
                acknowledged.since(due);
            }
        });
    }

    private void read() {
        try (var consumer = LogTopics.consumer(bootstrapServers, to)) {
            while (!closed) {
                for (var record : consumer.poll(POLL)) {
                    arrived.since(ByteBuffer.wrap(record.value()).getLong());
                    if (bounded) {
                        room.release();
                    }
                }
            }
        }
    }
}
