package io.millrace.edge.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts connections in all and per address. Thread-safe; bounds may be exceeded by as many as threads race. */
final class Admission {
    private final int max;
    private final int maxPerAddress;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

    Admission(int max, int maxPerAddress) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
    }

    boolean admits(InetSocketAddress from) {
        return all.get() < max && perAddress.getOrDefault(from.getAddress(), 0) < maxPerAddress;
    }

    void enter(InetSocketAddress from) {
        all.incrementAndGet();
        perAddress.merge(from.getAddress(), 1, Integer::sum);
    }

    void leave(InetSocketAddress from) {
        all.decrementAndGet();
        perAddress.computeIfPresent(from.getAddress(), Admission::oneLess);
    }

    private static @Nullable Integer oneLess(InetAddress address, int count) {
        return count <= 1 ? null : count - 1;
    }
}
