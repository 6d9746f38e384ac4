package io.millrace.service.kafka;

import io.millrace.schemas.serde.SerdeConfig;
import io.millrace.service.config.Secret;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Client settings whose secrets may stand in files: {@code file:/path}, as for every other secret. */
final class SecretProperties {
    private SecretProperties() {}

    /** Copies settings; those that Kafka itself holds for passwords are read where they name a file. */
    static Map<String, String> read(Map<String, String> given) {
        var read = new HashMap<String, String>();
        given.forEach(
                (key, value) -> read.put(key, isSecret(key) ? Secret.of(value).value() : value));
        return Map.copyOf(read);
    }

    private static boolean isSecret(String key) {
        var known = ProducerConfig.configDef().configKeys().get(key);
        return (known != null && known.type == ConfigDef.Type.PASSWORD) || SerdeConfig.SECRETS.contains(key);
    }
}
