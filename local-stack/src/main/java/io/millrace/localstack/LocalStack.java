package io.millrace.localstack;

import io.millrace.localstack.StackOptions.Tier;
import io.millrace.localstack.broker.Broker;
import io.millrace.localstack.broker.KafkaBroker;
import io.millrace.localstack.cassandra.CassandraNode;
import io.millrace.localstack.child.ChildJvm;
import io.millrace.localstack.part.LoopbackPort;
import io.millrace.localstack.part.Part;
import io.millrace.localstack.part.PartHome;
import io.millrace.localstack.part.PartSpec;
import io.millrace.localstack.part.StackException;
import io.millrace.localstack.part.StackException.Trouble;
import io.millrace.localstack.registry.SchemaRegistryServer;
import io.millrace.localstack.services.Servers;
import io.millrace.localstack.services.Services;
import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.EpochRecord;
import io.millrace.schemas.topic.PartitionCounts;
import io.millrace.schemas.topic.TopicProvisioner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A running Millrace, or as much of it as its options say.
 *
 * <pre>
 * kafka, registry, cassandra (at once) ──▶ topics ──▶ router, timeline, edges, webhooks (at once) ──▶ ready
 * </pre>
 *
 * It stops in the reverse order. Single parts may be stopped, killed, frozen and started again meanwhile. Nothing of it
 * outlives this process. {@code start}, {@code stop} and {@code addEdge} are for one thread; the rest is thread-safe.
 */
public final class LocalStack implements AutoCloseable {
    private final StackOptions options;
    private final DataDirectory data;
    private final PartHome home;
    private final Services services;
    private final List<Part> servers = new ArrayList<>();
    private final List<Part> serviceParts = new CopyOnWriteArrayList<>();

    /** @throws StackException if the jars are not built or no Java 17 is found */
    public LocalStack(StackOptions options) {
        this.options = options;
        this.data = new DataDirectory(options.data());
        var installation = Installation.locate();
        var java = Machine.java17();
        this.home =
                new PartHome(data.logs(), installation.archives(), options.writesArchives(), options.startPatience());
        this.services = new Services(new InstalledServices(java, installation, data), this::serversFor);
        var ports = options.ports();
        if (options.tiers().contains(Tier.KAFKA)) {
            var cluster = cluster();
            cluster.forEach(broker -> servers.add(part(new KafkaBroker(
                            java,
                            installation.server("kafka"),
                            data.of(broker.name()),
                            broker,
                            cluster,
                            () -> data.clusterId())
                    .part())));
        }
        if (options.tiers().contains(Tier.REGISTRY)) {
            servers.add(part(new SchemaRegistryServer(
                            java, installation.registryRunner(), data.of(SchemaRegistryServer.NAME), ports.registry())
                    .part()));
        }
        if (options.tiers().contains(Tier.CASSANDRA)) {
            servers.add(part(new CassandraNode(
                            java,
                            installation.server("cassandra"),
                            data.of(CassandraNode.NAME),
                            ports.cassandraCql(),
                            ports.cassandraStorage(),
                            ports.cassandraStorageTls())
                    .part()));
        }
        addServices();
    }

    private List<Broker> cluster() {
        var ports = options.ports();
        var byDetour = List.copyOf(options.detours().byService().values());
        var cluster = new ArrayList<Broker>();
        for (int number = 1; number <= options.brokers(); number++) {
            var listeners = new ArrayList<Broker.Listener>();
            for (int i = 0; i < byDetour.size(); i++) {
                listeners.add(new Broker.Listener(
                        ports.detour(number, i), byDetour.get(i).get(number - 1)));
            }
            cluster.add(new Broker(number, ports.kafka(number), ports.kafkaController(number), listeners));
        }
        return cluster;
    }

    private Servers serversFor(String service) {
        var detours = options.detours();
        var other = detours.brokers().get(service);
        return new Servers(
                other == null ? bootstrapServers() : addresses(other),
                SchemaRegistryServer.url(detours.registryOr(options.ports().registry())),
                detours.cassandraOr(cqlPort()));
    }

    private static String addresses(List<Integer> ports) {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    private void addServices() {
        var ports = options.ports();
        if (options.tiers().contains(Tier.ROUTER)) {
            for (int number = 1; number <= options.routers(); number++) {
                int standbys = Math.min(1, options.routers() - 1);
                serviceParts.add(
                        part(services.router(number, ports.routerAdmin(number), standbys, options.replicas())));
            }
        }
        if (options.tiers().contains(Tier.TIMELINE)) {
            serviceParts.add(part(services.timeline(ports.timelineApi(), ports.timelineAdmin())));
        }
        if (options.tiers().contains(Tier.EDGE)) {
            for (int number = 1; number <= options.edges(); number++) {
                serviceParts.add(newEdge(number));
            }
        }
        if (options.tiers().contains(Tier.WEBHOOKS)) {
            options.webhooks()
                    .ifPresent(settings -> serviceParts.add(part(services.webhooks(settings, ports.webhooksAdmin()))));
        }
    }

    private Part newEdge(int number) {
        var ports = options.ports();
        return part(services.edge(
                number, ports.edgeHttp(number), ports.edgeAdmin(number), ports.timelineApi(), options.frontDoors()));
    }

    private Part part(PartSpec spec) {
        return new Part(options.rigging().apply(options.pace().apply(spec)), home, (part, state) -> {
            announce();
            options.listener().onState(part, state);
        });
    }

    /**
     * Starts everything and returns when all of it is ready.
     *
     * @throws StackException if it cannot; nothing is left running then
     */
    public void start() throws InterruptedException {
        data.take();
        boolean ready = false;
        try {
            Machine.requireDisk(data.root());
            Machine.requireMemory(MemoryNeed.of(options));
            parts().forEach(part -> LoopbackPort.requireFree(part.spec()));
            Together.start(servers);
            provision();
            Together.start(serviceParts);
            ready = true;
        } finally {
            if (!ready) {
                stop();
            }
        }
    }

    private void provision() throws InterruptedException {
        if (!options.tiers().containsAll(List.of(Tier.KAFKA, Tier.REGISTRY))) {
            return;
        }
        try {
            var client = Map.<String, Object>of("bootstrap.servers", bootstrapServers());
            var counts = EpochRecord.read(
                            client, RecordSerdes.at(registryUrl(), client).deserializer(Epoch.class))
                    .map(PartitionCounts::of)
                    .orElse(PartitionCounts.LOCAL);
            new TopicProvisioner(client, registryUrl(), counts, options.replicas()).provision();
        } catch (RuntimeException e) {
            throw new StackException(Trouble.NOT_PROVISIONED, "the topics cannot be made: " + e.getMessage(), e);
        }
    }

    private void announce() {
        data.announce(() -> RunFile.of(this).json());
    }

    /** Stops everything, in reverse order of its start. May be called at any time, and again. */
    public void stop() throws InterruptedException {
        try {
            // Edges first, while what they wait for is still decided.
            Together.stop(edges());
            Together.stop(serviceParts);
            Together.stop(servers);
        } finally {
            data.close();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }

    /**
     * Runs the router's task {@code rebuild-state} to its end; Kafka and the registry run, the router does not.
     *
     * @throws StackException if it fails, with the last lines of its log
     */
    public void rebuildState() throws InterruptedException {
        try {
            var task = ChildJvm.start(
                    "rebuild-state",
                    services.rebuildState(options.ports().routerAdmin(), options.replicas()),
                    home.logs(),
                    home.archives(),
                    false);
            int exitCode = task.waitFor();
            if (exitCode != 0) {
                throw new StackException(
                        Trouble.PART_FAILED,
                        "rebuild-state ended with " + exitCode + ":\n"
                                + String.join("\n", task.log().tail(8)));
            }
        } catch (IOException e) {
            throw new StackException(Trouble.PART_FAILED, "rebuild-state cannot be run: " + e, e);
        }
    }

    /** Every part, in the order of their start. */
    public List<Part> parts() {
        var all = new ArrayList<>(servers);
        all.addAll(serviceParts);
        return List.copyOf(all);
    }

    /** The part of that name: {@code kafka}, {@code kafka-2} …, {@code registry}, {@code cassandra}, {@code router}, {@code timeline}, {@code edge-1} …, {@code webhooks} */
    public Part part(String name) {
        return parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StackException(Trouble.MISUSE, "the stack has no part " + name));
    }

    /** Starts parts that are stopped, all at the same time: some may not get ready without the others. */
    public void startTogether(List<String> names) throws InterruptedException {
        Together.start(names.stream().map(this::part).toList());
    }

    private List<Part> edges() {
        return serviceParts.stream()
                .filter(part -> part.name().startsWith("edge-"))
                .toList();
    }

    /** Edge 1, 2, … */
    public Part edge(int number) {
        return part(Services.edge(number));
    }

    /** Makes one edge more and starts it. */
    public Part addEdge() throws InterruptedException {
        int number = 1 + edges().size();
        var edge = newEdge(number);
        serviceParts.add(edge);
        edge.start();
        return edge;
    }

    /**
     * The jars of a service, by its module, as another built checkout of the repository has them.
     *
     * @throws StackException if it is not built
     */
    public static List<Path> jarsIn(Path checkout, String module) {
        return Installation.serviceIn(checkout, module);
    }

    /** For Kafka clients. */
    public String bootstrapServers() {
        return addresses(IntStream.rangeClosed(1, options.brokers())
                .mapToObj(options.ports()::kafka)
                .toList());
    }

    /** Base URL of the registry's Confluent API. */
    public String registryUrl() {
        return SchemaRegistryServer.url(options.ports().registry());
    }

    /** Port of Cassandra's native protocol on 127.0.0.1. */
    public int cqlPort() {
        return options.ports().cassandraCql();
    }

    /** Where the page, the WebSocket and the HTTP API of edge 1, 2, … are. */
    public URI edgeUrl(int number) {
        return URI.create("http://localhost:" + options.ports().edgeHttp(number) + "/");
    }

    public StackOptions options() {
        return options;
    }
}
