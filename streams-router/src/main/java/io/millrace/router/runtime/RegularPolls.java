package io.millrace.router.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Makes a Streams thread poll at least every {@value #EVERY_MS} ms. A thread processes all that it has fetched before it
 * polls again, or until half of {@code max.poll.interval.ms} is over; with a backlog that can be minutes, and what may
 * overtake the backlog cannot before it is fetched. So the thread is told a short interval, and the consumer, which
 * leaves its group when one is exceeded, a long one. Its producers tell {@link CommitPace} how long commits take.
 */
final class RegularPolls implements KafkaClientSupplier {
    private static final int EVERY_MS = 200;
    private static final String OF_THREAD =
            StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
    /**
     * Also how long a rebalance waits for members that do not come back: after the crash of a whole cluster a group had
     * some whose sessions never ended, and all waited for these.
     */
    private static final int LEFT_BEHIND_AFTER_MS = (int) Duration.ofMinutes(1).toMillis();

    static void in(Properties streams) {
        streams.put(OF_THREAD, 2 * EVERY_MS);
        streams.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, LEFT_BEHIND_AFTER_MS);
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return consumer(ofConsumer(config));
    }

    /** Neither the consumer nor its assignor, which gives the making of changelogs half of it, is told the short one. */
    static Map<String, Object> ofConsumer(Map<String, Object> config) {
        var ofConsumer = new HashMap<>(config);
        ofConsumer.remove(OF_THREAD);
        ofConsumer.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, LEFT_BEHIND_AFTER_MS);
        return ofConsumer;
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new PacedProducer(config);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
