package io.millrace.timeline.consume;

import io.millrace.schemas.serde.RegistryUnavailableException;
import io.millrace.timeline.cassandra.StoreUnavailableException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries again, with jittered back-off and for as long as it takes, what fails because a neighbour is away. */
public final class Patience {
    private static final Logger LOGGER = LoggerFactory.getLogger(Patience.class);
    private static final long MIN_MS = 200;
    private static final long MAX_MS = 5_000;

    private Patience() {}

    /** @throws InterruptedException if the thread was interrupted, which is how a caller gives up */
    public static <T> T until(Supplier<T> attempt) throws InterruptedException {
        for (int failures = 0; ; failures++) {
            try {
                return attempt.get();
            } catch (StoreUnavailableException | RegistryUnavailableException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("gave up waiting for a neighbour");
                }
                LOGGER.atWarn().addKeyValue("error", e.getMessage()).log("neighbour.unavailable");
                long full = Math.min(MAX_MS, MIN_MS << Math.min(failures, 10));
                Thread.sleep(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
            }
        }
    }
}
