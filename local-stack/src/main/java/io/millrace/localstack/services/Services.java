package io.millrace.localstack.services;

import io.millrace.localstack.child.JvmCommand;
import io.millrace.localstack.part.PartSpec;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Makes the services of one stack, each with the settings that join it to the others. */
public final class Services {
    public static final String ROUTER = "router";
    public static final String TIMELINE = "timeline";
    public static final String WEBHOOKS = "webhooks";

    private static final String EDGE = "edge-";

    private static final String DEVELOPMENT_ISSUER = "millrace-dev";
    private static final String DEVELOPMENT_SECRET = "development-tokens";
    private static final String FINGERPRINT_KEY = "fingerprint-key";

    private final ServiceHome home;
    private final Function<String, Servers> servers;

    /** @param servers where a service of that name finds them */
    public Services(ServiceHome home, Function<String, Servers> servers) {
        this.home = home;
        this.servers = servers;
    }

    /** Name of edge 1, 2, … */
    public static String edge(int number) {
        return EDGE + number;
    }

    /** Name of router 1, 2, … */
    public static String router(int number) {
        return number == 1 ? ROUTER : ROUTER + "-" + number;
    }

    /**
     * @param standbys copies that it keeps of the stores of others
     * @param replicas of each changelog record
     */
    public PartSpec router(int number, int adminPort, int standbys, int replicas) {
        return routerPart(router(number), adminPort, standbys, replicas).in(home);
    }

    /** Makes the router's changelogs again, with the router stopped. */
    public JvmCommand rebuildState(int adminPort, int replicas) throws IOException, InterruptedException {
        return routerPart(ROUTER, adminPort, 0, replicas).task(home, "rebuild-state");
    }

    private ServicePart routerPart(String name, int adminPort, int standbys, int replicas) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("kafka", kafka(name));
        settings.put("stateDir", home.directory(name).resolve("state").toString());
        settings.put("admin", Map.of("port", adminPort));
        if (standbys > 0) {
            settings.put("standbyReplicas", standbys);
        }
        if (replicas > 1) {
            settings.put("replicationFactor", replicas);
            // A transaction costs a cluster some ten times what it costs one broker, and here all share one machine.
            settings.put("commitInterval", "500ms");
        }
        return new ServicePart(
                name,
                "streams-router",
                "io.millrace.router.RouterMain",
                List.of("-Xms64m", "-Xmx384m"),
                Map.of("admin", adminPort),
                adminPort,
                settings);
    }

    public PartSpec timeline(int apiPort, int adminPort) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("kafka", kafka(TIMELINE));
        settings.put(
                "cassandra",
                Map.of(
                        "contactPoints",
                        List.of("127.0.0.1:" + servers.apply(TIMELINE).cqlPort())));
        settings.put("auth", Map.of("issuers", List.of(developmentIssuer())));
        settings.put("api", Map.of("port", apiPort));
        settings.put("admin", Map.of("port", adminPort));
        return new ServicePart(
                        TIMELINE,
                        "timeline-writer",
                        "io.millrace.timeline.TimelineMain",
                        List.of("-Xms48m", "-Xmx256m"),
                        PartSpec.ports("pull api", apiPort, "admin", adminPort),
                        adminPort,
                        settings)
                .in(home);
    }

    /** @param frontDoors hosts that the edge answers for beside its own */
    public PartSpec edge(int number, int httpPort, int adminPort, int timelineApiPort, Set<String> frontDoors) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("kafka", kafka(edge(number)));
        settings.put("developmentTokens", Map.of("enabled", true, "secret", file(DEVELOPMENT_SECRET)));
        settings.put("fingerprintKey", file(FINGERPRINT_KEY));
        settings.put("http", http(httpPort, frontDoors));
        settings.put("admin", Map.of("port", adminPort));
        settings.put("timeline", Map.of("url", "http://127.0.0.1:" + timelineApiPort));
        return new ServicePart(
                        edge(number),
                        "edge-connector",
                        "io.millrace.edge.EdgeMain",
                        List.of("-Xms48m", "-Xmx256m"),
                        PartSpec.ports("http", httpPort, "admin", adminPort),
                        adminPort,
                        settings)
                .in(home);
    }

    /** @param given whom it serves, and whatever else is said but where the servers and its admin port are */
    public PartSpec webhooks(WebhookSettings given, int adminPort) {
        var settings = new LinkedHashMap<>(given.tree());
        settings.put("kafka", kafka(WEBHOOKS));
        settings.put("admin", Map.of("port", adminPort));
        return new ServicePart(
                        WEBHOOKS,
                        "webhooks",
                        "io.millrace.webhooks.WebhooksMain",
                        List.of("-Xms32m", "-Xmx256m"),
                        Map.of("admin", adminPort),
                        adminPort,
                        settings)
                .in(home);
    }

    private static Map<String, Object> http(int port, Set<String> frontDoors) {
        var http = new LinkedHashMap<String, Object>();
        http.put("port", port);
        if (!frontDoors.isEmpty()) {
            var hosts = new TreeSet<>(frontDoors);
            hosts.add("localhost:" + port);
            hosts.add("127.0.0.1:" + port);
            http.put("allowedHosts", List.copyOf(hosts));
        }
        return http;
    }

    private Map<String, Object> kafka(String service) {
        var found = servers.apply(service);
        var kafka = new LinkedHashMap<String, Object>();
        kafka.put("bootstrapServers", found.bootstrapServers());
        kafka.put("schemaRegistryUrl", found.registryUrl());
        return kafka;
    }

    /** The edge honours its own development tokens; the timeline service is told of them. */
    private Map<String, Object> developmentIssuer() {
        var issuer = new LinkedHashMap<String, Object>();
        issuer.put("name", DEVELOPMENT_ISSUER);
        issuer.put("algorithm", "HS256");
        issuer.put("secret", file(DEVELOPMENT_SECRET));
        return issuer;
    }

    private String file(String secret) {
        return "file:" + home.secret(secret);
    }
}
