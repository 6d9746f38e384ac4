package io.millrace.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port that is free now, below the range from which the kernel takes ports of its own. */
public final class FreePort {
    private FreePort() {}

    public static int next() {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 27_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue; // the next one
            }
        }
        throw new IllegalStateException("no free port between 20000 and 27000");
    }
}
