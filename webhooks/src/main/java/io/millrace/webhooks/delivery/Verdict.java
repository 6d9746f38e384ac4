package io.millrace.webhooks.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one attempt. */
public sealed interface Verdict {
    /** The subscriber has it. */
    record Delivered() implements Verdict {}

    /**
     * It may go well later.
     *
     * @param status of the answer; null where there was none
     * @param why a few words for the operator, without address and content
     * @param notBefore how long the subscriber wants to be left alone; zero: it did not say
     */
    record TryAgain(@Nullable Integer status, String why, Duration notBefore) implements Verdict {}

    /** It will never take this event. */
    record Refused(int status) implements Verdict {}

    /** It wants no events any more. */
    record Gone() implements Verdict {}

    /** As it is counted. */
    default String outcome() {
        if (this instanceof Delivered) {
            return "delivered";
        }
        if (this instanceof Refused) {
            return "refused";
        }
        return this instanceof Gone ? "gone" : "try_again";
    }
}
