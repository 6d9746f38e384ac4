package io.millrace.localstack.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.localstack.BuiltParts;
import io.millrace.localstack.Ports;
import io.millrace.localstack.broker.Broker;
import io.millrace.localstack.broker.KafkaBroker;
import io.millrace.localstack.cassandra.CassandraNode;
import io.millrace.localstack.child.JvmCommand;
import io.millrace.localstack.part.PartSpec;
import io.millrace.localstack.part.Readiness;
import io.millrace.localstack.registry.SchemaRegistryServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;

/** The three servers of the local stack, changed as the runbook says. */
final class SecuredServers {
    private final Path data;
    private final Ports ports;
    private final Certificates certificates;

    SecuredServers(Path data, Ports ports, Certificates certificates) {
        this.data = data;
        this.ports = ports;
        this.certificates = certificates;
    }

    PartSpec broker(String adminPassword) {
        var directory = data.resolve(KafkaBroker.NAME);
        var node = new Broker(1, ports.kafka(), ports.kafkaController(), List.of());
        var plain = new KafkaBroker(
                        BuiltParts.java(),
                        BuiltParts.server("kafka"),
                        directory,
                        node,
                        List.of(node),
                        () -> Uuid.randomUuid().toString())
                .part();
        return with(plain, plain.command(), plain.readiness(), () -> {
            var storage = Files.createDirectories(directory.resolve("storage"));
            if (!Files.exists(storage.resolve("meta.properties"))) {
                format(directory, storage, adminPassword);
            }
            plain.preparation().run();
            var settings = new Properties();
            var file = directory.resolve("server.properties");
            try (var in = Files.newBufferedReader(file)) {
                settings.load(in);
            }
            settings.putAll(Recipe.broker(certificates, adminPassword));
            settings.put(
                    "listeners",
                    settings.getProperty("listeners")
                            .replace("://:9092", "://127.0.0.1:" + ports.kafka())
                            .replace("://:9093", "://127.0.0.1:" + ports.kafkaController()));
            settings.put("advertised.listeners", "CLIENTS://127.0.0.1:" + ports.kafka());
            try (var out = Files.newBufferedWriter(file)) {
                settings.store(out, null);
            }
        });
    }

    /** The first user is made with the storage: nobody could make it later. */
    private void format(Path directory, Path storage, String adminPassword) throws IOException, InterruptedException {
        var settings = Files.writeString(
                directory.resolve("format.properties"), """
                    process.roles=broker,controller
                    node.id=1
                    controller.quorum.voters=1@127.0.0.1:%2$d
                    listeners=CLIENTS://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                    inter.broker.listener.name=CLIENTS
                    controller.listener.names=CONTROLLER
                    listener.security.protocol.map=CLIENTS:SASL_SSL,CONTROLLER:SSL
                    log.dirs=%3$s
                    """.formatted(ports.kafka(), ports.kafkaController(), storage));
        var log = directory.resolve("format.log");
        var process = new ProcessBuilder(
                        BuiltParts.java().toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                BuiltParts.server("kafka").stream()
                                        .map(Path::toString)
                                        .toList()),
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        Uuid.randomUuid().toString(),
                        "-c",
                        settings.toString(),
                        "--add-scram",
                        "SCRAM-SHA-512=[name=admin,password=" + adminPassword + "]")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("the storage was not formatted: " + Files.readString(log));
        }
    }

    PartSpec cassandra() {
        var directory = data.resolve(CassandraNode.NAME);
        var plain = new CassandraNode(
                        BuiltParts.java(),
                        BuiltParts.server("cassandra"),
                        directory,
                        ports.cassandraCql(),
                        ports.cassandraStorage(),
                        ports.cassandraStorageTls())
                .part();
        return with(plain, plain.command(), plain.readiness(), () -> {
            plain.preparation().run();
            var yaml = new ObjectMapper(new YAMLFactory());
            var file = directory.resolve("cassandra.yaml").toFile();
            var settings = (ObjectNode) yaml.readTree(file);
            settings.setAll((ObjectNode) yaml.readTree(Recipe.block("yaml", "client_encryption_options")
                    .replace(
                            "/etc/cassandra/node.p12",
                            certificates.keyStore("server").toString())
                    .replace(
                            "/etc/cassandra/authorities.p12",
                            certificates.authorities().toString())
                    .replace(Recipe.DOTS, certificates.password())));
            yaml.writeValue(file, settings);
        });
    }

    /** Speaks HTTPS alone. */
    PartSpec registry() {
        var plain = new SchemaRegistryServer(
                        BuiltParts.java(),
                        BuiltParts.registryRunner(),
                        data.resolve(SchemaRegistryServer.NAME),
                        ports.registry())
                .part();
        var command = plain.command();
        var options = new ArrayList<>(command.options());
        options.removeIf(option -> option.startsWith("-Dquarkus.http.port="));
        options.addAll(List.of(
                "-Dquarkus.http.insecure-requests=disabled",
                "-Dquarkus.http.ssl-port=" + ports.registry(),
                "-Dquarkus.http.ssl.certificate.key-store-file=" + certificates.keyStore("server"),
                "-Dquarkus.http.ssl.certificate.key-store-password=" + certificates.password()));
        return with(
                plain,
                new JvmCommand(command.java(), options, command.classPath(), command.mainClass(), command.arguments()),
                https(),
                plain.preparation());
    }

    String registryUrl() {
        return "https://127.0.0.1:" + ports.registry() + "/apis/ccompat/v7";
    }

    private Readiness https() {
        try {
            var client = HttpClient.newBuilder()
                    .sslContext(certificates.context("server"))
                    .build();
            var subjects = HttpRequest.newBuilder(URI.create(registryUrl() + "/subjects"))
                    .build();
            return () -> client.send(subjects, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("certificates that were just made are good", e);
        }
    }

    private static PartSpec with(
            PartSpec plain, JvmCommand command, Readiness readiness, PartSpec.Preparation preparation) {
        return new PartSpec(
                plain.name(), Map.copyOf(plain.ports()), preparation, command, readiness, plain.stopPatience());
    }
}
