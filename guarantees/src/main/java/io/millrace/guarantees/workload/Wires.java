package io.millrace.guarantees.workload;

import io.millrace.client.connection.Transport;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The sockets of one device, so that they can be cut as a crash of the device cuts them: without a word. */
final class Wires implements Transport {
    private final Transport real;
    private final Set<Link> open = ConcurrentHashMap.newKeySet();
    private volatile boolean dead;

    Wires(Transport real) {
        this.real = real;
    }

    @Override
    public CompletableFuture<Link> open(URI uri, Receiver receiver) {
        return real.open(uri, receiver).thenApply(link -> {
            open.add(link);
            if (dead) {
                link.abort();
            }
            return link;
        });
    }

    /** Cuts all of them for good. */
    void die() {
        dead = true;
        open.forEach(Link::abort);
    }
}
