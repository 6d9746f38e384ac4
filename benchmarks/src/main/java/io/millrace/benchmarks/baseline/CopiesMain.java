package io.millrace.benchmarks.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/** Runs the two copies with the settings of the router: bootstrap servers, directory, commit interval in milliseconds. */
public final class CopiesMain {
    static final String FIRST = "baseline-copies-1";
    static final String SECOND = "baseline-copies-2";
    static final String THIRD = "baseline-copies-3";

    private CopiesMain() {}

    public static void main(String[] args) throws InterruptedException {
        var copies = new ArrayList<KafkaStreams>();
        var running = new CountDownLatch(2);
        for (var way : List.of(List.of(FIRST, SECOND), List.of(SECOND, THIRD))) {
            var builder = new StreamsBuilder();
            builder.stream(
                            way.get(0),
                            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                    .withName("read"))
                    .to(
                            way.get(1),
                            Produced.with(Serdes.ByteArray(), Serdes.ByteArray())
                                    .withName("write"));
            var copy = new KafkaStreams(builder.build(), settings("copy-to-" + way.get(1), args));
            copy.setStateListener((now, before) -> {
                if (now == KafkaStreams.State.RUNNING) {
                    running.countDown();
                }
            });
            copy.start();
            copies.add(copy);
        }
        running.await();
        OwnJvm.tellReady();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> copies.forEach(KafkaStreams::close)));
        new CountDownLatch(1).await();
    }

    private static Properties settings(String application, String[] args) {
        var p = new Properties();
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, args[0]);
        p.put(StreamsConfig.STATE_DIR_CONFIG, args[1]);
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Long.parseLong(args[2]));
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        p.put(StreamsConfig.POLL_MS_CONFIG, 10L);
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 100);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 2);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        p.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 20);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG), 200);
        return p;
    }
}
