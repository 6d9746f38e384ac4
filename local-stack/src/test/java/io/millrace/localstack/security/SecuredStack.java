package io.millrace.localstack.security;

import com.datastax.driver.core.Cluster;
import com.datastax.driver.core.RemoteEndpointAwareJdkSSLOptions;
import com.datastax.driver.core.exceptions.DriverException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.localstack.BuiltParts;
import io.millrace.localstack.Ports;
import io.millrace.localstack.child.ChildJvm;
import io.millrace.localstack.child.JvmCommand;
import io.millrace.localstack.part.Part;
import io.millrace.localstack.part.PartHome;
import io.millrace.localstack.part.PartListener;
import io.millrace.localstack.part.PartSpec;
import io.millrace.localstack.services.Servers;
import io.millrace.localstack.services.Services;
import io.millrace.localstack.services.WebhookSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Broker, registry and Cassandra behind TLS, passwords and rights, and the services in front of them, each as a user
 * of its own with the rights of the runbook and no more.
 */
final class SecuredStack {
    static final List<String> USERS = List.of(
            "edge",
            "router",
            "timeline",
            "webhooks",
            "topics",
            "operator",
            "refan",
            "tap",
            "tap-events",
            "tap-bodies",
            "tap-receipts",
            "tap-analytics",
            "stranger");
    static final String ISSUER = "https://issuer.example";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static @Nullable SecuredStack instance;

    final KeyServer keys;
    private final Path data;
    private final Ports ports = Ports.free();
    private final Map<String, String> passwords = new HashMap<>();
    private final Certificates certificates;
    private final SecuredServers servers;
    private final Tools tools;
    private final List<Part> parts = new CopyOnWriteArrayList<>();

    private SecuredStack(Path data) throws IOException, InterruptedException {
        this.data = data;
        keys = new KeyServer();
        Stream.concat(USERS.stream(), Stream.of("admin", "cassandra", "stores", "subscriber"))
                .forEach(user -> passwords.put(user, "planted-" + user + "-" + UUID.randomUUID()));
        certificates = new Certificates(data.resolve("certificates"), password("stores"));
        for (var name : List.of("broker", "server", "timeline")) {
            certificates.issue(name);
        }
        servers = new SecuredServers(data, ports, certificates);
        tools = new Tools(data.resolve("tools"));
    }

    /** The one that the tests of this JVM share, started for the first who asks; it ends with the JVM. */
    static synchronized SecuredStack running() throws Exception {
        var present = instance;
        if (present == null) {
            present = start(Path.of("target", "secured").toAbsolutePath());
            Runtime.getRuntime().addShutdownHook(new Thread(present::end, "stop-secured-stack"));
            instance = present;
        }
        return present;
    }

    private static SecuredStack start(Path data) throws Exception {
        if (Files.exists(data)) {
            try (var old = Files.walk(data)) {
                for (var each : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        Files.createDirectories(data);
        var stack = new SecuredStack(data);
        try {
            stack.run();
            return stack;
        } catch (Exception e) {
            stack.close();
            throw e;
        }
    }

    private void run() throws Exception {
        var home = home("logs", PATIENCE);
        startTogether(
                part(servers.broker(password("admin")), home),
                part(servers.registry(), home),
                part(servers.cassandra(), home));
        for (var user : USERS) {
            tools.run("SetPassword", clientFile("admin"), password(user), bootstrap(), user);
        }
        grantRights();
        tools.run(
                "ProvisionTopics",
                clientFile("topics"),
                "",
                List.of(
                        bootstrap(),
                        registryUrl(),
                        "8",
                        "8",
                        "4",
                        "1",
                        clientFile("topics").toString()));
        makeRole();
        var services = services(data, (name, settings) -> secure(name, settings, Map.of()));
        startTogether(
                part(services.router(1, ports.routerAdmin(), 0, 1), home),
                part(services.timeline(ports.timelineApi(), ports.timelineAdmin()), home),
                part(services.edge(1, ports.edgeHttp(), ports.edgeAdmin(), ports.timelineApi(), Set.of()), home));
    }

    String grantRights() throws IOException, InterruptedException {
        return grantRights(Recipe.PAGE);
    }

    /** Those of the table of a page. */
    String grantRights(Path page) throws IOException, InterruptedException {
        return tools.run("GrantRights", clientFile("admin"), "", bootstrap(), page.toString());
    }

    /** As the user {@code operator}. */
    String revoke(String key) throws IOException, InterruptedException {
        return tools.run("Revoke", clientFile("operator"), "", bootstrap(), registryUrl(), key, "test");
    }

    private void makeRole() {
        Awaitility.await("the first role of Cassandra")
                .atMost(2, TimeUnit.MINUTES)
                .ignoreExceptionsInstanceOf(DriverException.class)
                .untilAsserted(() -> {
                    try (var cluster = cassandra()
                                    .withSSL(tls())
                                    .withCredentials("cassandra", "cassandra")
                                    .build();
                            var session = cluster.connect()) {
                        for (var statement : Recipe.block("cql", "CREATE ROLE").split(";\n")) {
                            session.execute(statement.replace(Recipe.DOTS, password("cassandra")));
                        }
                    }
                });
    }

    /** A driver that says nothing of itself yet. */
    Cluster.Builder cassandra() {
        return Cluster.builder()
                .addContactPoint("127.0.0.1")
                .withPort(ports.cassandraCql())
                .withoutJMXReporting();
    }

    RemoteEndpointAwareJdkSSLOptions tls() {
        try {
            return RemoteEndpointAwareJdkSSLOptions.builder()
                    .withSSLContext(certificates.context("timeline"))
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException("certificates that were just made are good", e);
        }
    }

    /**
     * A service that is started once more, with other settings, from a directory of its own.
     *
     * @param others settings by path ({@code /cassandra/user}) that go before the good ones
     */
    Part another(String service, Map<String, Object> others) {
        var name = "another-" + UUID.randomUUID().toString().substring(0, 8);
        return part(anotherSpec(service, name, others), home(name + "/logs", PATIENCE));
    }

    /** What a service answers to {@code --check-config}. */
    String check(String service, Map<String, Object> others) throws IOException, InterruptedException {
        var name = "another-" + UUID.randomUUID().toString().substring(0, 8);
        var spec = anotherSpec(service, name, others);
        spec.preparation().run();
        var command = spec.command();
        var arguments = Stream.concat(command.arguments().stream(), Stream.of("--check-config"))
                .toList();
        var child = ChildJvm.start(
                service,
                new JvmCommand(command.java(), command.options(), command.classPath(), command.mainClass(), arguments),
                data.resolve(name).resolve("logs"),
                BuiltParts.archives(),
                false);
        child.waitFor();
        return String.join("\n", child.log().tail(20));
    }

    private PartSpec anotherSpec(String service, String name, Map<String, Object> others) {
        var services = services(data.resolve(name), (part, settings) -> secure(part, settings, others));
        var free = Ports.free();
        return switch (service) {
            case "router" -> services.router(1, free.routerAdmin(), 0, 1);
            case "timeline" -> services.timeline(free.timelineApi(), free.timelineAdmin());
            default -> services.edge(1, free.edgeHttp(), free.edgeAdmin(), free.timelineApi(), Set.of());
        };
    }

    /** The webhooks service with one subscriber, {@code secured}, who gets everything there ever was. */
    Part webhooks(String url) {
        var subscriber = Map.of(
                "name",
                "secured",
                "url",
                url,
                "secret",
                "file:" + file("subscriber", password("subscriber")),
                "from",
                "beginning",
                "privateAddresses",
                true);
        var services = services(data, (name, settings) -> secure(name, settings, Map.of()));
        var settings = new WebhookSettings(Map.of("subscribers", List.of(subscriber)));
        return part(services.webhooks(settings, ports.webhooksAdmin()), home("logs", PATIENCE));
    }

    /** What its operators ask of that subscriber. */
    URI subscriber(String path) {
        return URI.create("http://127.0.0.1:" + ports.webhooksAdmin() + "/subscribers/secured" + path);
    }

    JvmCommand rebuildState() throws IOException, InterruptedException {
        return services(data, (name, settings) -> secure(name, settings, Map.of()))
                .rebuildState(ports.routerAdmin(), 1);
    }

    private Services services(Path directory, BiConsumer<String, ObjectNode> change) {
        var places = new Servers(bootstrap(), registryUrl(), ports.cassandraCql());
        return new Services(new SecuredHome(directory, change), service -> places);
    }

    /** Every secret stands in a file. */
    private void secure(String part, ObjectNode settings, Map<String, Object> others) {
        var user = part.replaceAll("-\\d+$", "");
        var properties = new LinkedHashMap<String, Object>();
        Recipe.client(certificates, user, password(user)).forEach((key, value) -> {
            boolean secret = key.endsWith("jaas.config") || key.endsWith("password");
            properties.put(key, secret ? "file:" + file(user + "-" + key, value) : value);
        });
        properties.put(
                "schema.registry.ssl.truststore.location",
                certificates.authorities().toString());
        properties.put("schema.registry.ssl.truststore.password", "file:" + file("stores", password("stores")));
        ((ObjectNode) settings.get("kafka")).set("properties", YAML.valueToTree(properties));
        if (user.equals("edge") || user.equals("timeline")) {
            settings.withObject("/auth")
                    .withArray("issuers")
                    .addPOJO(YAML.valueToTree(Map.of(
                            "name",
                            ISSUER,
                            "algorithm",
                            "ES256",
                            "jwks",
                            keys.url().toString())));
        }
        if (user.equals("timeline")) {
            secureStore(settings);
        }
        others.forEach((path, value) -> {
            int last = path.lastIndexOf('/');
            var parent = (ObjectNode) settings.at(path.substring(0, last));
            parent.set(path.substring(last + 1), YAML.valueToTree(value));
        });
    }

    private void secureStore(ObjectNode settings) {
        try {
            var block = Recipe.block("yaml", "contactPoints")
                    .replace(
                            "/etc/millrace/authorities.pem",
                            certificates.authoritiesPem().toString())
                    .replace(
                            "/etc/millrace/timeline.p12",
                            certificates.keyStore("timeline").toString())
                    .replace(
                            "/run/secrets/cassandra-password",
                            file("cassandra", password("cassandra")).toString())
                    .replace(
                            "/run/secrets/timeline-key-password",
                            file("stores", password("stores")).toString());
            var store = (ObjectNode) YAML.readTree(block).get("cassandra");
            store.remove("contactPoints");
            ((ObjectNode) settings.get("cassandra")).setAll(store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Client settings of a user. */
    Map<String, Object> client(String user) {
        return client(user, password(user));
    }

    /** Client settings of a user who says this password. */
    Map<String, Object> client(String user, String password) {
        var settings = new HashMap<String, Object>(Recipe.client(certificates, user, password));
        settings.put("bootstrap.servers", bootstrap());
        return settings;
    }

    /** How the registry is reached. */
    Map<String, Object> registryAccess() {
        return Map.of(
                "schema.registry.ssl.truststore.location",
                        certificates.authorities().toString(),
                "schema.registry.ssl.truststore.password", password("stores"));
    }

    /** A file of client settings of a user, as tools take it. */
    Path clientFile(String user) {
        var lines = new StringBuilder();
        client(user)
                .forEach((key, value) ->
                        lines.append(key).append('=').append(value).append('\n'));
        registryAccess()
                .forEach((key, value) ->
                        lines.append(key).append('=').append(value).append('\n'));
        return file(user + ".properties", lines.toString());
    }

    /** A file with that content. */
    Path file(String name, String content) {
        return SecuredHome.secret(data.resolve("secrets").resolve(name), content);
    }

    String password(String user) {
        return String.valueOf(passwords.get(user));
    }

    /** Everything that must stand in no log. */
    List<String> secrets() {
        return List.copyOf(passwords.values());
    }

    /** What all parts have logged, also those that were started wrongly. */
    String logs() throws IOException {
        var all = new StringBuilder();
        try (var files = Files.walk(data)) {
            for (var log : files.filter(SecuredStack::isLog).toList()) {
                all.append(Files.readString(log));
            }
        }
        return all.toString();
    }

    /** Segments of the broker and of RocksDB end like logs and are none. */
    private static boolean isLog(Path file) {
        return file.toString().matches(".*/(logs|tools|certificates|kafka)/[^/]+\\.log");
    }

    String bootstrap() {
        return "127.0.0.1:" + ports.kafka();
    }

    String registryUrl() {
        return servers.registryUrl();
    }

    int cqlPort() {
        return ports.cassandraCql();
    }

    URI edge() {
        return URI.create("http://localhost:" + ports.edgeHttp() + "/");
    }

    Path data() {
        return data;
    }

    Certificates certificates() {
        return certificates;
    }

    Part part(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private PartHome home(String logs, Duration patience) {
        return new PartHome(data.resolve(logs), BuiltParts.archives(), false, patience);
    }

    private Part part(PartSpec spec, PartHome home) {
        var part = new Part(spec, home, PartListener.NONE);
        parts.add(part);
        return part;
    }

    private static void startTogether(Part... parts) throws Exception {
        var threads = Executors.newFixedThreadPool(parts.length);
        try {
            var starts = Stream.of(parts)
                    .<Callable<Void>>map(part -> () -> {
                        part.start();
                        return null;
                    })
                    .toList();
            for (var start : threads.invokeAll(starts)) {
                start.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void end() {
        try {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void close() throws InterruptedException {
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).stop();
        }
        keys.close();
    }
}
