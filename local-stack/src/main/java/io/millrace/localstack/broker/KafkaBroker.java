package io.millrace.localstack.broker;

import io.millrace.localstack.child.JvmCommand;
import io.millrace.localstack.part.PartSpec;
import io.millrace.localstack.part.Readiness;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;

/** The broker as a part. Its storage is formatted once, with a cluster id of its own, and kept. */
public final class KafkaBroker {
    public static final String NAME = "kafka";

    private final Path java;
    private final List<Path> classPath;
    private final Path directory;
    private final int port;
    private final int controllerPort;

    /**
     * @param classPath jars of the broker
     * @param directory for its settings and storage
     */
    public KafkaBroker(Path java, List<Path> classPath, Path directory, int port, int controllerPort) {
        this.java = java;
        this.classPath = List.copyOf(classPath);
        this.directory = directory;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    public PartSpec part() {
        var command = new JvmCommand(
                java,
                List.of(
                        "-Xms48m",
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dorg.slf4j.simpleLogger.showDateTime=true",
                        "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX"),
                classPath,
                "kafka.Kafka",
                List.of(settings().toString()));
        return new PartSpec(
                NAME,
                PartSpec.ports("clients", port, "controller", controllerPort),
                this::prepare,
                command,
                Readiness.port(port),
                Duration.ofSeconds(15));
    }

    private Path settings() {
        return directory.resolve("server.properties");
    }

    private void prepare() throws IOException, InterruptedException {
        var storage = directory.resolve("storage");
        Files.createDirectories(storage);
        BrokerSettings.write(settings(), storage, port, controllerPort);
        if (!Files.exists(storage.resolve("meta.properties"))) {
            format();
        }
    }

    private void format() throws IOException, InterruptedException {
        var path = String.join(
                File.pathSeparator, classPath.stream().map(Path::toString).toList());
        var output = directory.resolve("format.log");
        var process = new ProcessBuilder(
                        java.toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        path,
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        Uuid.randomUuid().toString(),
                        "-c",
                        settings().toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the storage of the broker was not formatted within 60 s; see " + output);
        }
        if (process.exitValue() != 0) {
            throw new IOException("the storage of the broker cannot be formatted: "
                    + Files.readString(output).strip());
        }
    }
}
