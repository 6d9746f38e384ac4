package io.millrace.guarantees.fault;

import io.millrace.localstack.StackOptions;
import io.millrace.localstack.services.Services;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The disks of those parts whose disk can be filled. */
public final class Disks implements AutoCloseable {
    private static final int BROKER_MIB = 1536;
    private static final int CASSANDRA_MIB = 768;
    /** Every store reserves some MiB for its own logs. */
    private static final int ROUTER_MIB = 2048;

    private final Map<String, Disk> byPart;

    private Disks(Map<String, Disk> byPart) {
        this.byPart = byPart;
    }

    /** Parts keep what they keep where they always do: nothing is mounted. */
    public static Disks none() {
        return new Disks(Map.of());
    }

    /** One for each broker, router and Cassandra of a stack that is not started yet. */
    public static Disks mount(StackOptions stack) throws IOException, InterruptedException {
        var byPart = new LinkedHashMap<String, Disk>();
        var disks = new Disks(byPart);
        boolean complete = false;
        try {
            for (int number = 1; number <= stack.brokers(); number++) {
                var broker = Scene.broker(number);
                byPart.put(broker, Disk.mount(storage(stack, broker), BROKER_MIB));
            }
            for (int number = 1; number <= stack.routers(); number++) {
                var router = Services.router(number);
                byPart.put(router, Disk.mount(stateOf(stack, router), ROUTER_MIB));
            }
            byPart.put("cassandra", Disk.mount(storage(stack, "cassandra"), CASSANDRA_MIB));
            complete = true;
            return disks;
        } finally {
            if (!complete) {
                disks.close();
            }
        }
    }

    Disk of(String part) {
        var disk = byPart.get(part);
        if (disk == null) {
            throw new IllegalStateException(part + " has no disk of its own in this run");
        }
        return disk;
    }

    private static Path storage(StackOptions stack, String part) {
        return stack.data().resolve(part).resolve("storage");
    }

    static Path stateOf(StackOptions stack, String router) {
        return stack.data().resolve(router).resolve("state");
    }

    @Override
    public void close() throws IOException {
        for (var disk : byPart.values()) {
            disk.close();
        }
    }
}
