package io.millrace.guarantees.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port of its own, behind which every new connection goes to the next of its backends that answers: what stands before
 * the edges in production, or nothing but a stretch of network between two parts. It is where the network is disturbed.
 * Thread-safe.
 */
public final class Door implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Door.class);
    private static final int CONNECT_TIMEOUT_MS = 1_000;

    private final String name;
    private final List<InetSocketAddress> backends;
    private final ServerSocket server;
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private final Sky sky = new Sky();

    /** @throws UncheckedIOException if no port can be had */
    public Door(String name, List<InetSocketAddress> backends) {
        this.name = name;
        this.backends = List.copyOf(backends);
        try {
            server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException("no port for " + name, e);
        }
        daemon(this::acceptAll, "accept");
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return server.getLocalPort();
    }

    /** The origin that clients are given. */
    public URI url() {
        return URI.create("http://localhost:" + port() + "/");
    }

    public String name() {
        return name;
    }

    /** From now on, also for connections that are open. */
    public void change(Weather weather) {
        sky.change(weather);
    }

    /** Resets every connection. */
    public void resetAll() {
        passages.forEach(Passage::reset);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be closed", e);
        } finally {
            sky.change(Weather.CLEAR);
            resetAll();
        }
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                daemon(() -> serve(client), "connect");
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOGGER.atWarn().addKeyValue("door", name).setCause(e).log("connection-not-accepted");
                }
            }
        }
    }

    private void serve(Socket client) {
        var backend = connect();
        if (backend == null) {
            Passage.reset(client);
            return;
        }
        var passage = new Passage(client, backend, sky);
        passages.add(passage);
        daemon(() -> passage.carry(true), "up");
        passage.carry(false);
        passages.remove(passage);
    }

    private @org.jspecify.annotations.Nullable Socket connect() {
        int first = next.getAndIncrement();
        for (int i = 0; i < backends.size(); i++) {
            var socket = new Socket();
            try {
                socket.connect(backends.get(Math.floorMod(first + i, backends.size())), CONNECT_TIMEOUT_MS);
                return socket;
            } catch (IOException e) {
                Passage.reset(socket); // that one is away: the next
            }
        }
        return null;
    }

    private void daemon(Runnable task, String what) {
        var thread = new Thread(task, name + "-" + what);
        thread.setDaemon(true);
        thread.start();
    }
}
