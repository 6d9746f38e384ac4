package io.millrace.guarantees.net;

import io.millrace.localstack.Detours;
import io.millrace.localstack.Ports;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The network inside a stack: each service comes to each broker by a door of its own, and to Cassandra and the registry
 * by one.
 */
public final class Roads implements AutoCloseable {
    private final Map<String, List<Door>> toBrokers = new TreeMap<>();
    private final Door toCassandra;
    private final Door toRegistry;

    /** @param services by name; they are the only ones that come by these roads */
    public Roads(Ports ports, int brokers, List<String> services) {
        var inOrder = services.stream().sorted().toList();
        for (int i = 0; i < inOrder.size(); i++) {
            var doors = new ArrayList<Door>();
            for (int number = 1; number <= brokers; number++) {
                doors.add(to(inOrder.get(i) + "-to-broker-" + number, ports.detour(number, i)));
            }
            toBrokers.put(inOrder.get(i), List.copyOf(doors));
        }
        toCassandra = to("to-cassandra", ports.cassandraCql());
        toRegistry = to("to-registry", ports.registry());
    }

    private static Door to(String name, int port) {
        return new Door(name, List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    /** What a stack has to know of them. */
    public Detours detours() {
        var brokers = new TreeMap<String, List<Integer>>();
        toBrokers.forEach((service, doors) ->
                brokers.put(service, doors.stream().map(Door::port).toList()));
        return new Detours(brokers, toCassandra.port(), toRegistry.port());
    }

    /** One to each broker, in their order. */
    public List<Door> toBrokers(String service) {
        return toBrokers.getOrDefault(service, List.of());
    }

    public Door toCassandra() {
        return toCassandra;
    }

    public Door toRegistry() {
        return toRegistry;
    }

    @Override
    public void close() {
        toBrokers.values().forEach(doors -> doors.forEach(Door::close));
        toCassandra.close();
        toRegistry.close();
    }
}
