package io.millrace.localstack.registry;

import io.millrace.localstack.child.JvmCommand;
import io.millrace.localstack.part.PartSpec;
import io.millrace.localstack.part.Readiness;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The registry as a part. Its ids are kept in an H2 file, so records stay readable after a restart. */
public final class SchemaRegistryServer {
    public static final String NAME = "registry";

    private final Path java;
    private final Path runner;
    private final Path directory;
    private final int port;

    /**
     * @param runner jar of the registry, whose manifest names the others
     * @param directory for its storage
     */
    public SchemaRegistryServer(Path java, Path runner, Path directory, int port) {
        this.java = java;
        this.runner = runner;
        this.directory = directory;
        this.port = port;
    }

    public PartSpec part() {
        var command = new JvmCommand(
                java,
                List.of(
                        "-Xms32m",
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.log.level=WARN",
                        "-Dquarkus.datasource.jdbc.initial-size=1",
                        "-Dquarkus.datasource.jdbc.min-size=1",
                        "-Dquarkus.datasource.jdbc.max-size=8",
                        // WRITE_DELAY=0: an id that was given out survives a kill.
                        "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:" + directory.resolve("schemas")
                                + ";WRITE_DELAY=0"),
                List.of(runner),
                "io.quarkus.runner.GeneratedMain",
                List.of());
        return new PartSpec(
                NAME,
                Map.of("http", port),
                () -> Files.createDirectories(directory),
                command,
                Readiness.http(URI.create(url(port) + "/subjects")),
                Duration.ofSeconds(15));
    }

    /** Base URL of Confluent's REST API. */
    public static String url(int port) {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }
}
