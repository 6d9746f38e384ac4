package io.millrace.client.connection;

import io.millrace.client.loop.Loop;
import io.millrace.client.loop.Loop.Timer;
import java.time.Duration;

/**
 * Keeps one session from being silent: asks for a frame before the server's limit is reached, and tells when nothing was
 * heard for twice that time. Confined to the loop.
 */
final class Heartbeat {
    private final Loop loop;
    private final long limitMs;
    private final Runnable ping;
    private final Runnable onSilence;
    private Timer next = Timer.NONE;
    private long sentAtMs;
    private long heardAtMs;

    Heartbeat(Loop loop, long limitMs, Runnable ping, Runnable onSilence) {
        this.loop = loop;
        this.limitMs = Math.max(100, limitMs);
        this.ping = ping;
        this.onSilence = onSilence;
        sentAtMs = loop.elapsedMs();
        heardAtMs = sentAtMs;
        schedule();
    }

    void onSent() {
        sentAtMs = loop.elapsedMs();
    }

    void onHeard() {
        heardAtMs = loop.elapsedMs();
    }

    void stop() {
        next.cancel();
    }

    private void schedule() {
        next = loop.after(Duration.ofMillis(limitMs / 4), this::tick);
    }

    private void tick() {
        long now = loop.elapsedMs();
        if (now - heardAtMs >= 2 * limitMs) {
            onSilence.run();
            return;
        }
        // A quarter may pass before the next look, so that three quarters is the longest silence.
        if (now - sentAtMs >= limitMs / 2 || now - heardAtMs >= limitMs) {
            ping.run();
        }
        schedule();
    }
}
