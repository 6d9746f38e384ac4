package io.millrace.benchmarks.load;

import io.millrace.guarantees.load.Device;
import io.millrace.guarantees.load.Message;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

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
     * @param sending is given the number of its operation
     * @param recipient one of those who get it
     */
    record Errand(LongConsumer sending, String recipient) {
        /** @param to as {@link Message} has it */
        public static Errand of(Device from, String to, String recipient, int characters) {
            return new Errand(operation -> from.send(new Message(operation, to, characters)), recipient);
        }
    }

    /**
     * Which of so many comes next on that reactor, if the one of index {@code i} lives on reactor {@code i % reactors};
     * there are at least as many as reactors.
     */
    static int any(SplittableRandom random, int count, int reactor, int reactors) {
        return reactor + reactors * random.nextInt((count - reactor + reactors - 1) / reactors);
    }

    /** With whom the one of that index talks, two by two; the last of an odd number with himself. */
    static int partner(int index, int count) {
        return Math.min(index ^ 1, count - 1);
    }

    /** Two by two, each only with the other. */
    static Talk pairs(List<Device> devices, int characters) {
        return (random, reactor, reactors) -> {
            int from = any(random, devices.size(), reactor, reactors);
            var to = devices.get(partner(from, devices.size())).user();
            return Errand.of(devices.get(from), Message.toUser(to), to, characters);
        };
    }
}
