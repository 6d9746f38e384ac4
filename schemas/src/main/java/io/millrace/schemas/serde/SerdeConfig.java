package io.millrace.schemas.serde;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the serializers, by the names that Confluent's classes use for the same things. */
public final class SerdeConfig {
    /** Comma-separated base URLs of the registry. Required. */
    public static final String REGISTRY_URL = "schema.registry.url";
    /** Whether unknown schemas are registered; default true. */
    public static final String AUTO_REGISTER = "auto.register.schemas";
    /** Confluent's switch for generated records; ours always reads them. */
    public static final String SPECIFIC_READER = "specific.avro.reader";
    /** Class of the record a deserializer gives; needed only where it is configured by Kafka. */
    public static final String RECORD_CLASS = "millrace.record.class";

    /** User and password for the registry, with a colon between. */
    public static final String BASIC_AUTH = "basic.auth.user.info";
    /** Key store (PKCS #12 or JKS) of those who may sign the registry's certificate; default whom the JVM trusts. */
    public static final String TRUST_STORE = "schema.registry.ssl.truststore.location";
    /** Password of that key store. */
    public static final String TRUST_STORE_PASSWORD = "schema.registry.ssl.truststore.password";
    /** Those of these settings that must not be shown. */
    public static final Set<String> SECRETS = Set.of(BASIC_AUTH, TRUST_STORE_PASSWORD);

    /** One registry client, so one memory of ids, per way to reach it and process. */
    private static final Map<Reached, SchemaRegistry> REGISTRIES = new ConcurrentHashMap<>();

    private SerdeConfig() {}

    static SchemaRegistry registry(Map<String, ?> configs) {
        if (!(configs.get(REGISTRY_URL) instanceof String url) || url.isBlank()) {
            throw new ConfigException(REGISTRY_URL + " is required");
        }
        boolean register = !"false".equals(String.valueOf(configs.get(AUTO_REGISTER)));
        return REGISTRIES.computeIfAbsent(
                new Reached(url, register, RegistryAccess.of(configs)),
                how -> new HttpSchemaRegistry(how.url(), how.register(), how.access()));
    }

    private record Reached(String url, boolean register, RegistryAccess access) {}

    static Class<? extends SpecificRecord> recordClass(Map<String, ?> configs) {
        var given = configs.get(RECORD_CLASS);
        try {
            var type = given instanceof Class<?> c ? c : Class.forName(String.valueOf(given));
            return type.asSubclass(SpecificRecord.class);
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new ConfigException(RECORD_CLASS, given, "a generated Avro record class");
        }
    }
}
