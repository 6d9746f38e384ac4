package io.millrace.localstack.broker;

import java.util.List;

/**
 * One node of a cluster.
 *
 * @param number 1, 2, …
 * @param port for clients
 * @param controllerPort for the controllers of the cluster
 * @param listeners for clients that come another way
 */
public record Broker(int number, int port, int controllerPort, List<Listener> listeners) {
    /**
     * A port of its own for one client, which is told to come by another.
     *
     * @param port where the node listens
     * @param advertisedPort where the client connects
     */
    public record Listener(int port, int advertisedPort) {}

    public Broker {
        listeners = List.copyOf(listeners);
    }

    /** As a part of a stack. */
    public String name() {
        return number == 1 ? KafkaBroker.NAME : KafkaBroker.NAME + "-" + number;
    }
}
