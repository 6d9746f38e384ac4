package io.millrace.benchmarks;

import io.millrace.benchmarks.stage.Site;
import io.millrace.guarantees.load.Crowd;
import io.millrace.guarantees.load.Device;
import io.millrace.localstack.part.StackException;
import io.millrace.localstack.part.StackException.Trouble;
import java.time.Duration;
import java.util.List;

/** Opens the sessions of a scenario, or ends it. */
final class Sessions {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Sessions() {}

    /** Returns when each of these devices has one. */
    static void open(Site site, Crowd crowd, List<Device> devices, int perSecond) throws InterruptedException {
        site.say("opening " + devices.size() + " sessions");
        Crowd.startAt(devices, perSecond);
        if (!crowd.awaitOpen(crowd.devices().size(), PATIENCE)) {
            throw new StackException(
                    Trouble.PART_FAILED,
                    crowd.openCount() + " of " + crowd.devices().size() + " sessions are open after "
                            + PATIENCE.toSeconds() + " s; turned away: " + crowd.turnedAway());
        }
    }
}
