package io.millrace.timeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.Rejection;
import io.millrace.timeline.log.LogBook;
import io.millrace.timeline.replay.ShadowDifference.Kind;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DecisionComparisonTest {
    private static final String DIRECT = "d:alice:bob";

    private final LogBook book = new LogBook();
    private final EventPairs pairs = new EventPairs();
    private final DecisionComparison comparison = new DecisionComparison(pairs);
    private final ConversationEvent one = book.message(DIRECT, "alice", "one");
    private final ConversationEvent two = book.message(DIRECT, "bob", "two");
    private final ConversationEvent three = book.message(DIRECT, "alice", "three");

    @Test
    void shouldFindNothingWhenBothSayTheSame() {
        // When
        live(Outcome.of(one), Outcome.of(rejected("eve")), Outcome.of(two));
        shadow(Outcome.of(one), Outcome.of(two), Outcome.of(rejected("eve")));

        // Then
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.liveDecisions()).isEqualTo(3);
        assertThat(pairs.live(DIRECT, 2)).isEqualTo(OptionalLong.of(2));
        assertThat(pairs.knowsLive(DIRECT, 3)).isFalse();
    }

    @Test
    void shouldNameTheDecisionAndNotWhatIsRenumberedBehindIt() {
        // When
        live(Outcome.of(one), Outcome.of(two), Outcome.of(three));
        shadow(Outcome.of(one), Outcome.of(rejectedInsteadOf(two)), Outcome.of(numbered(three, 2)));

        // Then
        assertThat(comparison.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(Kind.DECISION);
            assertThat(difference.what()).contains(DIRECT, "user=bob", two.getClientMessageId());
            assertThat(difference.live()).startsWith("posted MESSAGE, version 2");
            assertThat(difference.shadow()).isEqualTo("rejected MUTED");
        });
        assertThat(pairs.isOnlyLive(DIRECT, 2)).isTrue();
        assertThat(pairs.live(DIRECT, 2)).isEqualTo(OptionalLong.of(3));
    }

    @Test
    void shouldNameOtherContentWithoutShowingIt() {
        // Given
        var edited = ConversationEvent.newBuilder(two)
                .setBody(LogBook.body("a secret"))
                .build();

        // When
        live(Outcome.of(one), Outcome.of(two));
        shadow(Outcome.of(one), Outcome.of(edited));

        // Then
        assertThat(comparison.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(Kind.CONTENT);
            assertThat(difference.lines()).noneMatch(line -> line.contains("secret"));
        });
    }

    @Test
    void shouldNameWhatOneSideAloneDecided() {
        // When
        live(Outcome.of(one), Outcome.of(two));
        shadow(Outcome.of(one), Outcome.of(rejected("eve")));

        // Then
        assertThat(comparison.differences())
                .extracting(ShadowDifference::kind)
                .containsExactlyInAnyOrder(Kind.ONLY_SHADOW, Kind.ONLY_LIVE);
    }

    @Test
    void shouldNameAnotherOrder() {
        // When
        live(Outcome.of(one), Outcome.of(two));
        shadow(Outcome.of(numbered(two, 1)), Outcome.of(numbered(one, 2)));

        // Then
        assertThat(comparison.differences()).extracting(ShadowDifference::kind).containsExactly(Kind.ORDER);
    }

    @Test
    void shouldNameOtherVersionsWhenNoDecisionExplainsThem() {
        // When
        live(Outcome.of(one), Outcome.of(two));
        shadow(Outcome.of(numbered(one, 8)), Outcome.of(numbered(two, 9)));

        // Then
        assertThat(comparison.differences()).extracting(ShadowDifference::kind).containsExactly(Kind.NUMBER);
    }

    @Test
    void shouldCompareInOrderWhatWasAskedWithTheSameKeyTwice() {
        // When
        live(Outcome.of(one), Outcome.of(rejectedInsteadOf(one)));
        shadow(Outcome.of(one), Outcome.of(rejectedInsteadOf(one)));

        // Then
        assertThat(comparison.differences()).isEmpty();
    }

    private void live(Outcome... outcomes) {
        List.of(outcomes).forEach(comparison::live);
    }

    private void shadow(Outcome... outcomes) {
        List.of(outcomes).forEach(comparison::shadow);
    }

    private static ConversationEvent numbered(ConversationEvent event, long number) {
        return ConversationEvent.newBuilder(event)
                .setVersion(number)
                .setSeq(number)
                .setLastSeq(number)
                .setStamp(event.getStamp() + 1)
                .setHash(ChainHash.next(ChainHash.NONE, event))
                .setMessageId("another")
                .build();
    }

    private Rejection rejected(String user) {
        return new Rejection(
                DIRECT, user, "k-" + user, new Hash128(new byte[16]), DecisionCode.NOT_FOUND, false, one.getAt());
    }

    private static Rejection rejectedInsteadOf(ConversationEvent event) {
        return new Rejection(
                event.getConversation(),
                event.getFrom(),
                event.getClientMessageId(),
                event.getFingerprint(),
                DecisionCode.MUTED,
                false,
                event.getAt());
    }
}
