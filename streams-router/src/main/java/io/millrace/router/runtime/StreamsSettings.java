package io.millrace.router.runtime;

import io.millrace.router.RouterConfig;
import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.config.ConfigException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/** Kafka Streams settings of an application: what correctness depends on is set here and nowhere else. */
public final class StreamsSettings {
    private StreamsSettings() {}

    /** @throws ConfigException for a raw setting of Kafka Streams that would not have its way */
    public static Properties of(String application, RouterConfig config) {
        var p = new Properties();
        p.putAll(config.kafka().client());
        p.putAll(config.streams());
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        p.put(StreamsConfig.CLIENT_ID_CONFIG, application);
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        p.put(
                StreamsConfig.STATE_DIR_CONFIG,
                Path.of(config.stateDir()).toAbsolutePath().toString());
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
        p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.replicationFactor());
        // A changelog is as safe as what it belongs to.
        p.put(
                StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
                Math.max(1, config.replicationFactor() - 1));
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
        p.put(StreamsConfig.POLL_MS_CONFIG, 10L);
        RegularPolls.in(p);
        p.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
        p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.class);
        p.put(RocksDbMemory.BYTES, (long) config.storeMemoryMib() << 20);
        p.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, PoisonHandler.class);
        p.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        p.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, FailingProductionHandler.class);
        p.put(PoisonHandler.SERIALIZER, config.kafka().serdes().serializer(DeadLetter.class));
        p.put(PoisonHandler.FROM_OUTSIDE, Set.of(TopicCatalogue.COMMANDS.name(), TopicCatalogue.USER_COMMANDS.name()));
        p.put(PoisonHandler.PREFIX, config.shadow().names().prefix());
        p.put(PoisonHandler.COMPONENT, application);
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int)
                config.sessionTimeout().toMillis());
        p.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                (int) config.sessionTimeout().toMillis() / 4);
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 100);
        // A copy may be a moment behind; an answer of the broker for every record of it costs more than the record.
        p.put(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 65_536);
        p.put(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 250);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
                config.transactionTimeout().toMillis());
        // Nobody sees a record before the commit, and a commit does not wait for the rest of it: fewer and larger
        // requests.
        p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 10);
        // Until the markers of the last transaction are written the next one's records are refused (KIP-890). In a
        // cluster that is after every commit, and the defaults of 100 ms to 1 s would be most of a message's time.
        p.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 20);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG), 200);
        if (config.replicationFactor() > 1) {
            // What follows a refused request is refused as out of order, and asked again as often.
            p.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        }
        refuseWhatIsSetHere(config.streams(), p);
        return p;
    }

    private static void refuseWhatIsSetHere(Map<String, String> raw, Properties settings) {
        raw.forEach((name, value) -> {
            var used = settings.get(name);
            if (!value.equals(String.valueOf(used))) {
                throw new ConfigException("streams." + name + " is set by the router, to " + used);
            }
        });
    }
}
