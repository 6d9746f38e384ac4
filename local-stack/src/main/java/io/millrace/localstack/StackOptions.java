package io.millrace.localstack;

import io.millrace.localstack.part.PartListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * How a stack is made; immutable, every {@code with…} gives another.
 *
 * @param data everything it keeps
 * @param ports all of them
 * @param tiers what runs in it
 * @param edges how many edges it starts with
 * @param routers how many routers share the work; with more than one each keeps copies of the others' stores
 * @param writesArchives whether missing start-up archives are made; the first stop then takes longer
 * @param startPatience how long one part may take to be ready
 * @param listener hears of every part's state
 * @param frontDoors host and port of what stands before the edges, if anything does: they answer for those hosts too
 */
public record StackOptions(
        Path data,
        Ports ports,
        Set<Tier> tiers,
        int edges,
        int routers,
        boolean writesArchives,
        Duration startPatience,
        PartListener listener,
        Set<String> frontDoors) {
    /** What may run in a stack. */
    public enum Tier {
        /** The broker, and the topics if the registry is there too. */
        KAFKA,
        REGISTRY,
        CASSANDRA,
        ROUTER,
        TIMELINE,
        EDGE
    }

    /** Servers without services. */
    public static final Set<Tier> SERVERS = Set.of(Tier.KAFKA, Tier.REGISTRY, Tier.CASSANDRA);

    public StackOptions {
        tiers = Set.copyOf(tiers);
        frontDoors = Set.copyOf(frontDoors);
    }

    /** All of it, one edge, on free ports: for tests. */
    public static StackOptions at(Path data) {
        return new StackOptions(
                data,
                Ports.free(),
                Set.of(Tier.values()),
                1,
                1,
                false,
                Duration.ofMinutes(2),
                PartListener.NONE,
                Set.of());
    }

    public StackOptions withPorts(Ports other) {
        return new StackOptions(
                data, other, tiers, edges, routers, writesArchives, startPatience, listener, frontDoors);
    }

    public StackOptions withTiers(Set<Tier> others) {
        return new StackOptions(
                data, ports, others, edges, routers, writesArchives, startPatience, listener, frontDoors);
    }

    public StackOptions withEdges(int count) {
        return new StackOptions(
                data, ports, tiers, count, routers, writesArchives, startPatience, listener, frontDoors);
    }

    public StackOptions withRouters(int count) {
        return new StackOptions(data, ports, tiers, edges, count, writesArchives, startPatience, listener, frontDoors);
    }

    public StackOptions withArchives(boolean write) {
        return new StackOptions(data, ports, tiers, edges, routers, write, startPatience, listener, frontDoors);
    }

    public StackOptions withListener(PartListener other) {
        return new StackOptions(data, ports, tiers, edges, routers, writesArchives, startPatience, other, frontDoors);
    }

    public StackOptions withFrontDoors(Set<String> hosts) {
        return new StackOptions(data, ports, tiers, edges, routers, writesArchives, startPatience, listener, hosts);
    }
}
