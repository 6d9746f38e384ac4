package io.millrace.client;

import io.millrace.client.loop.Loop;
import io.millrace.client.loop.Loop.Timer;
import java.time.Duration;

/** Pulls once when nothing was pushed for a long time: the last push may be the one that was lost. Confined to the loop. */
final class SilenceWatch {
    private final Loop loop;
    private final Duration limit;
    private final Runnable pull;
    private Timer timer = Timer.NONE;

    SilenceWatch(Loop loop, Duration limit, Runnable pull) {
        this.loop = loop;
        this.limit = limit;
        this.pull = pull;
    }

    void restart() {
        timer.cancel();
        timer = loop.after(limit, this::onSilence);
    }

    void stop() {
        timer.cancel();
    }

    private void onSilence() {
        pull.run();
        restart();
    }
}
