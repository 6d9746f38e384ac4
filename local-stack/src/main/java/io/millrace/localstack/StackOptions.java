package io.millrace.localstack;

import io.millrace.localstack.part.PartListener;
import io.millrace.localstack.part.PartSpec;
import io.millrace.localstack.services.WebhookSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How a stack is made; immutable, every {@code with…} gives another. */
public final class StackOptions {
    /** What may run in a stack. */
    public enum Tier {
        /** The brokers, and the topics if the registry is there too. */
        KAFKA,
        REGISTRY,
        CASSANDRA,
        ROUTER,
        TIMELINE,
        EDGE,
        /** Only where {@link #withWebhooks} says whom it serves. */
        WEBHOOKS
    }

    /** Servers without services. */
    public static final Set<Tier> SERVERS = Set.of(Tier.KAFKA, Tier.REGISTRY, Tier.CASSANDRA);

    private final Path data;
    private Ports ports;
    private Set<Tier> tiers = Set.of(Tier.values());
    private int brokers = 1;
    private int edges = 1;
    private int routers = 1;
    private boolean writesArchives;
    private Duration startPatience = Duration.ofMinutes(2);
    private PartListener listener = PartListener.NONE;
    private Set<String> frontDoors = Set.of();
    private Detours detours = Detours.NONE;
    private UnaryOperator<PartSpec> rigging = UnaryOperator.identity();
    private @Nullable WebhookSettings webhooks;
    private Pace pace = Pace.FOR_START;

    private StackOptions(Path data, Ports ports) {
        this.data = data;
        this.ports = ports;
    }

    private StackOptions copy() {
        var copy = new StackOptions(data, ports);
        copy.tiers = tiers;
        copy.brokers = brokers;
        copy.edges = edges;
        copy.routers = routers;
        copy.writesArchives = writesArchives;
        copy.startPatience = startPatience;
        copy.listener = listener;
        copy.frontDoors = frontDoors;
        copy.detours = detours;
        copy.rigging = rigging;
        copy.webhooks = webhooks;
        copy.pace = pace;
        return copy;
    }

    /** All of it, one of each, on free ports: for tests. */
    public static StackOptions at(Path data) {
        return new StackOptions(data, Ports.free());
    }

    public StackOptions withPorts(Ports other) {
        var copy = copy();
        copy.ports = other;
        return copy;
    }

    public StackOptions withTiers(Set<Tier> others) {
        var copy = copy();
        copy.tiers = Set.copyOf(others);
        return copy;
    }

    /** With three or more, every record is on three of them and accepted by two. */
    public StackOptions withBrokers(int count) {
        var copy = copy();
        copy.brokers = count;
        return copy;
    }

    /** How many edges it starts with. */
    public StackOptions withEdges(int count) {
        var copy = copy();
        copy.edges = count;
        return copy;
    }

    /** How many routers share the work; with more than one each keeps copies of the others' stores. */
    public StackOptions withRouters(int count) {
        var copy = copy();
        copy.routers = count;
        return copy;
    }

    /** Whether missing start-up archives are made; the first stop then takes longer. */
    public StackOptions withArchives(boolean write) {
        var copy = copy();
        copy.writesArchives = write;
        return copy;
    }

    /** Who hears of every part's state. */
    public StackOptions withListener(PartListener other) {
        var copy = copy();
        copy.listener = other;
        return copy;
    }

    /** Host and port of what stands before the edges, if anything does: they answer for those hosts too. */
    public StackOptions withFrontDoors(Set<String> hosts) {
        var copy = copy();
        copy.frontDoors = Set.copyOf(hosts);
        return copy;
    }

    /** Which services reach the servers by other ports. */
    public StackOptions withDetours(Detours others) {
        var copy = copy();
        copy.detours = others;
        return copy;
    }

    /** What is done to every part before it is made: other options or variables of its JVM. */
    public StackOptions withRigging(UnaryOperator<PartSpec> change) {
        var copy = copy();
        copy.rigging = change;
        return copy;
    }

    /** With the webhooks service, if there are subscribers in these settings. */
    public StackOptions withWebhooks(WebhookSettings settings) {
        var copy = copy();
        copy.webhooks = settings.hasSubscribers() ? settings : null;
        return copy;
    }

    /** What the servers are started for. */
    public StackOptions withPace(Pace other) {
        var copy = copy();
        copy.pace = other;
        return copy;
    }

    /** Everything the stack keeps. */
    public Path data() {
        return data;
    }

    public Ports ports() {
        return ports;
    }

    public Set<Tier> tiers() {
        return tiers;
    }

    public int brokers() {
        return brokers;
    }

    public int edges() {
        return edges;
    }

    public int routers() {
        return routers;
    }

    /** Copies of every record. */
    public short replicas() {
        return (short) (brokers < 3 ? 1 : 3);
    }

    boolean writesArchives() {
        return writesArchives;
    }

    /** How long one part may take to be ready. */
    Duration startPatience() {
        return startPatience;
    }

    PartListener listener() {
        return listener;
    }

    Optional<WebhookSettings> webhooks() {
        return Optional.ofNullable(webhooks);
    }

    Set<String> frontDoors() {
        return frontDoors;
    }

    Detours detours() {
        return detours;
    }

    Pace pace() {
        return pace;
    }

    UnaryOperator<PartSpec> rigging() {
        return rigging;
    }
}
