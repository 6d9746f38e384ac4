package io.millrace.webhooks;

import io.millrace.service.config.ConfigException;
import io.millrace.service.kafka.KafkaClientConfig;
import io.millrace.webhooks.dispatch.RetrySettings;
import io.millrace.webhooks.subscriber.SubscriberSettings;
import java.util.HashSet;
import java.util.List;

/**
 * Settings of the webhooks service. None is reloadable.
 *
 * @param subscribers who gets events; without one the service does not start
 * @param retry when an event is sent again
 * @param admin health, metrics, and what operators ask of subscribers
 * @param kafka how Kafka and the registry are reached
 */
public record WebhooksConfig(
        List<SubscriberSettings> subscribers, RetrySettings retry, Admin admin, KafkaClientConfig kafka) {
    public WebhooksConfig {
        subscribers = subscribers == null ? List.of() : List.copyOf(subscribers);
        retry = retry == null ? RetrySettings.defaults() : retry;
        admin = admin == null ? new Admin("127.0.0.1", 0) : admin;
        kafka = kafka == null ? KafkaClientConfig.local() : kafka;
        var names = new HashSet<String>();
        for (var subscriber : subscribers) {
            if (!names.add(subscriber.name())) {
                throw new ConfigException("there are two subscribers " + subscriber.name());
            }
        }
    }

    /**
     * Where health and metrics are served, and where subscribers are paused, resumed and replayed.
     *
     * @param host address to bind; default 127.0.0.1. Whoever reaches it is an operator
     * @param port port of health, metrics and subscribers; default 27284
     */
    public record Admin(String host, int port) {
        public Admin {
            host = host == null ? "127.0.0.1" : host;
            port = port == 0 ? 27284 : port;
        }
    }
}
