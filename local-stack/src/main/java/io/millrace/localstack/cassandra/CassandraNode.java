package io.millrace.localstack.cassandra;

import io.millrace.localstack.child.JvmCommand;
import io.millrace.localstack.part.PartSpec;
import io.millrace.localstack.part.Readiness;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The node as a part. Cassandra 5.0 runs on Java 17 (or 11) and on nothing newer. */
public final class CassandraNode {
    public static final String NAME = "cassandra";

    private final Path java;
    private final List<Path> classPath;
    private final Path directory;
    private final int cqlPort;
    private final int storagePort;
    private final int storageTlsPort;

    /**
     * @param java of a Java 17
     * @param classPath jars of the node
     * @param directory for its settings and storage
     */
    public CassandraNode(
            Path java, List<Path> classPath, Path directory, int cqlPort, int storagePort, int storageTlsPort) {
        this.java = java;
        this.classPath = List.copyOf(classPath);
        this.directory = directory;
        this.cqlPort = cqlPort;
        this.storagePort = storagePort;
        this.storageTlsPort = storageTlsPort;
    }

    public PartSpec part() {
        var options = new ArrayList<>(List.of(
                // A small -Xms: as root the node locks what is mapped into memory, all of it.
                "-Xms64m", "-Xmx512m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        options.add("-XX:+ExitOnOutOfMemoryError");
        options.addAll(NodeOptions.ACCESS);
        options.addAll(NodeOptions.QUICK_SINGLE_NODE);
        options.add("-Dcassandra.config=" + settings().toUri());
        options.add("-Dcassandra.storagedir=" + directory.resolve("storage"));
        options.add("-Dlogback.configurationFile=" + logging());
        var ports = new LinkedHashMap<String, Integer>();
        ports.put("cql", cqlPort);
        ports.put("storage", storagePort);
        ports.put("storage over TLS", storageTlsPort);
        return new PartSpec(
                NAME,
                ports,
                this::prepare,
                new JvmCommand(java, options, classPath, "org.apache.cassandra.service.CassandraDaemon", List.of()),
                Readiness.port(cqlPort),
                Duration.ofSeconds(20));
    }

    private Path settings() {
        return directory.resolve("cassandra.yaml");
    }

    private Path logging() {
        return directory.resolve("logback.xml");
    }

    private void prepare() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(
                settings(),
                resource("cassandra.yaml")
                        .replace("@CQL@", Integer.toString(cqlPort))
                        .replace("@STORAGE@", Integer.toString(storagePort))
                        .replace("@SSL_STORAGE@", Integer.toString(storageTlsPort)));
        Files.writeString(logging(), resource("logback.xml"));
    }

    private static String resource(String name) throws IOException {
        try (var in = CassandraNode.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
