package io.millrace.localstack.part;

import io.millrace.localstack.part.StackException.Trouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of 127.0.0.1. */
public final class LoopbackPort {
    private LoopbackPort() {}

    /** Whether a server could listen there now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Requires every port of a part to be free.
     *
     * @throws StackException naming the port, its purpose and what to do
     */
    public static void requireFree(PartSpec spec) {
        spec.ports().forEach((purpose, port) -> {
            if (!isFree(port)) {
                throw new StackException(
                        Trouble.PORT_TAKEN,
                        "port " + port + " (" + spec.name() + ", " + purpose + ") is taken"
                                + PortHolder.of(port)
                                        .map(holder -> " by " + holder)
                                        .orElse("")
                                + "; end that, or take other ports with --port-base N");
            }
        });
    }
}
