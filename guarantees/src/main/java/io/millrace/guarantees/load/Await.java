package io.millrace.guarantees.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a condition. */
public final class Await {
    private Await() {}

    /** Whether it held before the time was over; looked at so often. */
    public static boolean that(BooleanSupplier condition, Duration within, long everyMs) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(everyMs);
        }
        return true;
    }
}
