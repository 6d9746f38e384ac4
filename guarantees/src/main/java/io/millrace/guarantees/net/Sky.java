package io.millrace.guarantees.net;

import java.util.concurrent.TimeUnit;

/** The weather of one door, and where pieces wait for it to clear. Thread-safe. */
final class Sky {
    private Weather weather = Weather.CLEAR;

    synchronized void change(Weather next) {
        weather = next;
        notifyAll();
    }

    /** Returns when a piece of so many bytes may go on. */
    void await(boolean up, int bytes) throws InterruptedException {
        long delayMs;
        synchronized (this) {
            while (!(up ? weather.up() : weather.down())) {
                wait();
            }
            delayMs = weather.delay().toMillis();
            if (weather.bytesPerSecond() > 0) {
                delayMs += 1000L * bytes / weather.bytesPerSecond();
            }
        }
        if (delayMs > 0) {
            TimeUnit.MILLISECONDS.sleep(delayMs);
        }
    }
}
