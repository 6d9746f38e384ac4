package io.millrace.timeline.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiptsTest {
    @ParameterizedTest(name = "{0} delivered, {1} read, seen through {2}: {3} and {4}")
    @CsvSource({"9, 7, 20, 9, 7", "9, 7, 8, 8, 7", "9, 7, 5, 5, 5", "0, 7, 20, 7, 7", "9, 7, 0, 0, 0"})
    void shouldTellNothingBeyondWhatTheViewerSees(long delivered, long read, long seen, long first, long second) {
        // When / Then
        assertThat(new Receipts(delivered, read).through(seen)).isEqualTo(new Receipts(first, second));
    }
}
