package io.millrace.benchmarks.load;

import io.millrace.guarantees.load.Device;
import io.millrace.guarantees.load.Message;
import java.util.List;
import java.util.SplittableRandom;

/** Who sends next, among those of one reactor. */
@FunctionalInterface
public interface Talk {
    /**
     * @param random of the seed; used by that reactor's thread alone
     * @param reactor whose turn it is, of so many
     */
    Errand next(SplittableRandom random, int reactor, int reactors);

    /**
     * A message to be sent.
     *
     * @param to as {@link Message} has it
     * @param recipient one of those who get it
     */
    record Errand(Device from, String to, String recipient) {}

    /** Two by two, each only with the other; the device of index {@code i} lives on reactor {@code i % reactors}. */
    static Talk pairs(List<Device> devices) {
        return (random, reactor, reactors) -> {
            int from = reactors * random.nextInt((devices.size() - reactor + reactors - 1) / reactors) + reactor;
            var to = devices.get(Math.min(from ^ 1, devices.size() - 1)).user();
            return new Errand(devices.get(from), Message.toUser(to), to);
        };
    }
}
