package io.millrace.timeline.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.timeline.timeline.SeqException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShownSeqsTest {
    private static final long LAST = 5_000;
    private static final LongUnaryOperator BACK = seq -> Math.min(seq, LAST + 1) - 1;
    private static final LongUnaryOperator FORWARD = seq -> seq < LAST ? seq + 1 : 0;

    private final TreeMap<Long, SeqException> exceptions = new TreeMap<>();
    private int asked;

    @Test
    void shouldFillThePageWhenDeletedMessagesLieBetween() {
        // Given
        delete(4_999, 4_997);

        // When
        var shown = walk(BACK).behind(Long.MAX_VALUE, 3);

        // Then
        assertThat(shown).extracting(ShownSeqs.Shown::seq).containsExactly(5_000L, 4_998L, 4_996L);
    }

    @Test
    void shouldReachWhatLiesBeforeManyDeletedMessages() {
        // Given
        delete(LongStream.rangeClosed(3, LAST).toArray());

        // When
        var shown = walk(BACK).behind(Long.MAX_VALUE, 1);

        // Then
        assertThat(shown).extracting(ShownSeqs.Shown::seq).containsExactly(2L);
        assertThat(asked).as("rounds grow").isLessThan(15);
    }

    @Test
    void shouldBeEmptyWhenAllAreDeleted() {
        // Given
        delete(LongStream.rangeClosed(1, LAST).toArray());

        // When / Then
        assertThat(walk(BACK).behind(Long.MAX_VALUE, 50)).isEmpty();
        assertThat(walk(FORWARD).behind(0, 50)).isEmpty();
    }

    @Test
    void shouldGoForwardAndEndWithTheLastMessage() {
        // Given
        delete(4_998);

        // When
        var shown = walk(FORWARD).behind(4_996, 50);

        // Then
        assertThat(shown).extracting(ShownSeqs.Shown::seq).containsExactly(4_997L, 4_999L, 5_000L);
    }

    @Test
    void shouldShowHiddenMessagesAsSuch() {
        // Given
        exceptions.put(5_000L, new SeqException("bob", "g:club", 5_000, 0, false, true));

        // When
        var shown = walk(BACK).behind(Long.MAX_VALUE, 2);

        // Then
        assertThat(shown).containsExactly(new ShownSeqs.Shown(5_000, true), new ShownSeqs.Shown(4_999, false));
    }

    private void delete(long... seqs) {
        for (long seq : seqs) {
            exceptions.put(seq, new SeqException("bob", "g:club", seq, 0, true, false));
        }
    }

    private ShownSeqs walk(LongUnaryOperator following) {
        return new ShownSeqs(following, this::between);
    }

    private Map<Long, SeqException> between(long first, long last) {
        asked++;
        return new HashMap<>(exceptions.subMap(first, true, last, true));
    }
}
