package io.millrace.timeline.pull;

import java.nio.ByteBuffer;

/** What an endpoint says. */
sealed interface Answer {
    /** JSON, ready to be sent. */
    record Page(ByteBuffer json) implements Answer {}

    /** What was asked for with {@code atLeast} is not in the store yet: ask the endpoint again in a moment. */
    record NotYet() implements Answer {}
}
