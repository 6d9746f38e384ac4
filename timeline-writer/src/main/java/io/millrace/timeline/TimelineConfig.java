package io.millrace.timeline;

import io.millrace.service.auth.AuthConfig;
import io.millrace.service.kafka.KafkaClientConfig;
import io.millrace.timeline.cassandra.CassandraSettings;
import io.millrace.timeline.consume.WriterSettings;
import io.millrace.timeline.pull.PullSettings;

/**
 * Settings of the timeline service. None is reloadable.
 *
 * @param api the pull API
 * @param admin health and metrics
 * @param kafka how Kafka and the registry are reached
 * @param cassandra how the store is reached
 * @param auth whose tokens are honoured; required
 * @param writer how the log is taken
 */
public record TimelineConfig(
        PullSettings api,
        Admin admin,
        KafkaClientConfig kafka,
        CassandraSettings cassandra,
        AuthConfig auth,
        WriterSettings writer) {
    public TimelineConfig {
        api = api == null ? PullSettings.defaults() : api;
        admin = admin == null ? new Admin("127.0.0.1", 0) : admin;
        kafka = kafka == null ? localKafka() : kafka;
        cassandra = cassandra == null ? CassandraSettings.defaults() : cassandra;
        writer = writer == null ? WriterSettings.defaults() : writer;
    }

    @SuppressWarnings("NullAway") // the record chooses its defaults for what is not given
    private static KafkaClientConfig localKafka() {
        return new KafkaClientConfig(null, null, null, null, null);
    }

    /**
     * Where health and metrics are served.
     *
     * @param host address to bind; default 127.0.0.1
     * @param port port of health and metrics; default 27283
     */
    public record Admin(String host, int port) {
        public Admin {
            host = host == null ? "127.0.0.1" : host;
            port = port == 0 ? 27283 : port;
        }
    }
}
