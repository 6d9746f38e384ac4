package io.millrace.localstack.broker;

import io.millrace.localstack.child.JvmCommand;
import io.millrace.localstack.part.PartSpec;
import io.millrace.localstack.part.Readiness;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker as a part. Its storage is formatted once, with the id of its cluster, and kept. */
public final class KafkaBroker {
    public static final String NAME = "kafka";

    /** The id of a cluster, the same for all its nodes and for ever. */
    @FunctionalInterface
    public interface ClusterId {
        String get() throws IOException;
    }

    private final Path java;
    private final List<Path> classPath;
    private final Path directory;
    private final Broker node;
    private final List<Broker> cluster;
    private final ClusterId clusterId;

    /**
     * @param classPath jars of the broker
     * @param directory for its settings and storage
     * @param cluster this node and all others
     */
    public KafkaBroker(
            Path java, List<Path> classPath, Path directory, Broker node, List<Broker> cluster, ClusterId clusterId) {
        this.java = java;
        this.classPath = List.copyOf(classPath);
        this.directory = directory;
        this.node = node;
        this.cluster = List.copyOf(cluster);
        this.clusterId = clusterId;
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
        var ports = new LinkedHashMap<>(PartSpec.ports("clients", node.port(), "controller", node.controllerPort()));
        for (int i = 0; i < node.listeners().size(); i++) {
            ports.put("detour " + i, node.listeners().get(i).port());
        }
        return new PartSpec(
                node.name(), ports, this::prepare, command, Readiness.port(node.port()), Duration.ofSeconds(15));
    }

    private Path settings() {
        return directory.resolve("server.properties");
    }

    private void prepare() throws IOException, InterruptedException {
        var storage = directory.resolve("storage");
        Files.createDirectories(storage);
        BrokerSettings.write(settings(), storage, node, cluster);
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
                        clusterId.get(),
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
