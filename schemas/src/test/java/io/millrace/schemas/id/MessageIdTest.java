package io.millrace.schemas.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MessageIdTest {
    private static final ConversationId CONVERSATION = new ConversationId("d:alice:bob");
    private static final long AT = 1_790_000_000_000L;

    /** The value is a contract: a replay gives the same ids. */
    @Test
    void shouldBeTheSameForEver() {
        assertThat(MessageId.of(CONVERSATION, 12, AT)).hasToString("01M3250V00YV5VZH5APESRCE0P");
    }

    @Test
    void shouldSortByTime() {
        assertThat(LongStream.range(0, 1000).mapToObj(i -> MessageId.of(CONVERSATION, 1000 - i, AT + i)
                        .value()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldDifferWithinAMillisecond() {
        assertThat(MessageId.of(CONVERSATION, 1, AT)).isNotEqualTo(MessageId.of(CONVERSATION, 2, AT));
    }
}
