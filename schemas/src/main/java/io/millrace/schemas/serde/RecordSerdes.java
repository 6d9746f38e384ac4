package io.millrace.schemas.serde;

import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Gives serdes for generated records. The classes are a setting: by default ours, on a platform that has them on its
 * class path Confluent's {@code io.confluent.kafka.serializers.KafkaAvroSerializer} and {@code …Deserializer}.
 */
public final class RecordSerdes {
    static {
        TrustedRecords.declare(); // also for classes that are not ours
    }

    private final String serializerClass;
    private final String deserializerClass;
    private final Map<String, Object> configs;
    private final @Nullable SchemaRegistry registry;

    private RecordSerdes(
            String serializerClass,
            String deserializerClass,
            Map<String, Object> configs,
            @Nullable SchemaRegistry registry) {
        this.serializerClass = serializerClass;
        this.deserializerClass = deserializerClass;
        this.configs = configs;
        this.registry = registry;
    }

    /** Our classes on this registry. */
    public static RecordSerdes on(SchemaRegistry registry) {
        return new RecordSerdes(AvroSerializer.class.getName(), AvroDeserializer.class.getName(), Map.of(), registry);
    }

    /** Our classes on the registry at this URL; unknown schemas are registered. */
    public static RecordSerdes at(String registryUrl) {
        return at(registryUrl, Map.of());
    }

    /** Our classes on the registry at this URL, which is reached as these settings say; unknown schemas are registered. */
    public static RecordSerdes at(String registryUrl, Map<String, ?> access) {
        var configs = new HashMap<String, Object>(access);
        configs.put(SerdeConfig.REGISTRY_URL, registryUrl);
        return of(AvroSerializer.class.getName(), AvroDeserializer.class.getName(), configs);
    }

    /** The named classes with these settings, which must hold {@link SerdeConfig#REGISTRY_URL}. */
    public static RecordSerdes of(String serializerClass, String deserializerClass, Map<String, ?> configs) {
        var all = new HashMap<String, Object>(configs);
        all.putIfAbsent(SerdeConfig.SPECIFIC_READER, true);
        return new RecordSerdes(serializerClass, deserializerClass, all, null);
    }

    public <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
        return Serdes.serdeFrom(serializer(type), deserializer(type));
    }

    public <T extends SpecificRecord> Serializer<T> serializer(Class<T> type) {
        if (registry != null) {
            return new AvroSerializer<>(registry);
        }
        Serializer<T> serializer = instance(serializerClass, Serializer.class);
        serializer.configure(with(type), false);
        return serializer;
    }

    public <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
        if (registry != null) {
            return new AvroDeserializer<>(registry, type);
        }
        Deserializer<T> deserializer = instance(deserializerClass, Deserializer.class);
        deserializer.configure(with(type), false);
        return deserializer;
    }

    private Map<String, Object> with(Class<?> type) {
        var all = new HashMap<>(configs);
        all.put(SerdeConfig.RECORD_CLASS, type);
        return all;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the setting promises a class for such records
    private static <S> S instance(String className, Class<?> kind) {
        try {
            return (S)
                    kind.cast(Class.forName(className).getDeclaredConstructor().newInstance());
        } catch (ClassNotFoundException | NoSuchMethodException | InstantiationException e) {
            throw new ConfigException("no serializer class " + className + " on the class path: " + e);
        } catch (IllegalAccessException | InvocationTargetException | ClassCastException e) {
            throw new ConfigException(className + " cannot be used as " + kind.getSimpleName() + ": " + e);
        }
    }
}
