package io.millrace.localstack.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Confluent's serializer and deserializer with the Kafka and Avro classes that they bring, before those of the tests;
 * the two worlds exchange text and bytes.
 */
final class ConfluentClasses implements AutoCloseable {
    private static final Path JAR = Path.of("target", "confluent", "confluent-classes.jar");

    private final URLClassLoader loader;

    ConfluentClasses() {
        assertThat(Files.exists(JAR)).as("%s, which the build fetches", JAR).isTrue();
        var tests = Arrays.stream(System.getProperty("java.class.path").split(":"));
        var urls = Stream.concat(Stream.of(JAR.toString()), tests)
                .map(ConfluentClasses::url)
                .toArray(URL[]::new);
        loader = new URLClassLoader("confluent", urls, ClassLoader.getPlatformClassLoader());
    }

    String read(String registryUrl, String topic, byte[] record) {
        return (String) call("read", registryUrl, topic, record);
    }

    byte[] write(String registryUrl, String topic, String schema, byte[] binary) {
        return (byte[]) call("write", registryUrl, topic, schema, binary);
    }

    byte[] readAndWriteBySetting(String registryUrl, String topic, byte[] record) {
        return (byte[]) call("readAndWriteBySetting", registryUrl, topic, record);
    }

    private Object call(String method, Object... arguments) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            var types = Arrays.stream(arguments).map(Object::getClass).toArray(Class<?>[]::new);
            return loader.loadClass(ConfluentCodec.class.getName())
                    .getMethod(method, types)
                    .invoke(null, arguments);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(method + " with Confluent's classes", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
