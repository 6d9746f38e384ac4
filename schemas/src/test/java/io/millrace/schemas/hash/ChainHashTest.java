package io.millrace.schemas.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.Samples;
import io.millrace.schemas.record.TimelineEntry;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChainHashTest {
    private static final Hash128 BEFORE = ChainHash.NONE;

    /** Golden values: a log written by an earlier release is verified by this one. */
    @Test
    void shouldHashAsEverBefore() {
        assertThat(hex(ChainHash.next(BEFORE, Samples.event()))).isEqualTo("ee83b2c9c4b2ed13d1b8cb7e16bc5732");
        assertThat(hex(ChainHash.next(BEFORE, Samples.entry()))).isEqualTo("38faddfcf8b73cefd609545e497fd4b5");
    }

    static Stream<UnaryOperator<ConversationEvent.Builder>> identityOfAnEvent() {
        return Stream.of(
                b -> b.setConversation("d:alice:carol"),
                b -> b.setVersion(15),
                b -> b.setSeq(13L),
                b -> b.setSeq(null),
                b -> b.setKind(EventKind.EDITED),
                b -> b.setStamp(1),
                b -> b.setFrom("bob"),
                b -> b.setClientMessageId("c-99"),
                b -> b.setFingerprint(new Hash128(new byte[16])));
    }

    @ParameterizedTest
    @MethodSource("identityOfAnEvent")
    void shouldChangeWithEveryPartOfAnEventsIdentity(UnaryOperator<ConversationEvent.Builder> change) {
        // When
        var changed = change.apply(Samples.eventBuilder()).build();

        // Then
        assertThat(ChainHash.next(BEFORE, changed)).isNotEqualTo(ChainHash.next(BEFORE, Samples.event()));
    }

    static Stream<UnaryOperator<TimelineEntry.Builder>> identityOfAnEntry() {
        return Stream.of(
                b -> b.setUser("bob"),
                b -> b.setEpoch("e-2"),
                b -> b.setPosition(59),
                b -> b.setStamp(1),
                b -> b.setKind(EventKind.READ),
                b -> b.setConversation("d:alice:carol"),
                b -> b.setVersion(15L),
                b -> b.setVersion(null),
                b -> b.setSeq(13L),
                b -> b.setReadSeq(11));
    }

    @ParameterizedTest
    @MethodSource("identityOfAnEntry")
    void shouldChangeWithEveryPartOfAnEntrysIdentity(UnaryOperator<TimelineEntry.Builder> change) {
        // When
        var changed = change.apply(Samples.entryBuilder()).build();

        // Then
        assertThat(ChainHash.next(BEFORE, changed)).isNotEqualTo(ChainHash.next(BEFORE, Samples.entry()));
    }

    @Test
    void shouldSurviveTheErasureOfABody() {
        // Given
        var erased = Samples.eventBuilder().setBody(ByteBuffer.allocate(0)).build();

        // Then
        assertThat(ChainHash.next(BEFORE, erased)).isEqualTo(ChainHash.next(BEFORE, Samples.event()));
    }

    @Test
    void shouldDependOnThePredecessor() {
        // Given
        var first = ChainHash.next(BEFORE, Samples.event());

        // Then
        assertThat(ChainHash.next(first, Samples.event())).isNotEqualTo(first);
    }

    private static String hex(Hash128 hash) {
        return HexFormat.of().formatHex(hash.bytes());
    }
}
