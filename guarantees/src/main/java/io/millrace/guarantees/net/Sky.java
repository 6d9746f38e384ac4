package io.millrace.guarantees.net;

import java.util.concurrent.TimeUnit;

/** The weather of one door, and where pieces wait for it to clear. Thread-safe. */
final class Sky {
    private Weather weather = Weather.CLEAR;

    synchronized void change(Weather next) {
        weather = next;
        notifyAll();
    }

    /** Returns when a piece may go on. */
    void await(boolean up) throws InterruptedException {
        long delayMs;
        synchronized (this) {
            while (!(up ? weather.up() : weather.down())) {
                wait();
            }
            delayMs = weather.delay().toMillis();
        }
        if (delayMs > 0) {
            TimeUnit.MILLISECONDS.sleep(delayMs);
        }
    }
}
