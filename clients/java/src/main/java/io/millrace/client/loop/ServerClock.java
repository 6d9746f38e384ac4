package io.millrace.client.loop;

/**
 * The server's time as this device knows it: its own clock, corrected by what the last {@code welcome} said. Keys are made
 * by it, because a key whose own time is too old is refused. Thread-safe.
 */
public final class ServerClock {
    private final Loop loop;
    private volatile long aheadMs;

    public ServerClock(Loop loop) {
        this.loop = loop;
    }

    /** Takes over the server's own time, epoch milliseconds. */
    public void onServerTime(long nowMs) {
        aheadMs = nowMs - loop.wallMs();
    }

    /** Epoch milliseconds. */
    public long nowMs() {
        return loop.wallMs() + aheadMs;
    }
}
