package io.millrace.guarantees.load;

import io.millrace.guarantees.load.OpenLoop.Errand;
import java.util.List;
import java.util.function.LongFunction;

/** Everybody in turn writes to one of a few others. */
final class Pairs {
    private static final int PARTNERS = 5;

    private Pairs() {}

    static LongFunction<Errand> of(List<Device> devices) {
        int size = devices.size();
        return number -> {
            int from = (int) (number % size);
            int partner = 1 + (int) (number / size % PARTNERS);
            return new Errand(
                    devices.get(from),
                    Message.toUser(devices.get((from + partner) % size).user()));
        };
    }
}
