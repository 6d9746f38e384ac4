package io.millrace.timeline.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibilityTest {
    /** Joined at 1, left at 10 (after message 5), joined again at 20 (after message 12); applied through 30, message 18. */
    private static final List<MemberChange> TWICE = List.of(
            new MemberChange("bob", 1, true, "MEMBER", 0),
            new MemberChange("bob", 10, false, "", 5),
            new MemberChange("bob", 20, true, "MEMBER", 12));

    @ParameterizedTest
    @CsvSource({"1,true", "10,true", "11,false", "19,false", "20,true", "30,true", "31,false"})
    void shouldSeeVersionsOfItsMembershipsOnly(long version, boolean visible) {
        // Given
        var visibility = Visibility.of(TWICE, head(30, 18));

        // When / Then
        assertThat(visibility.sees(version)).isEqualTo(visible);
    }

    @ParameterizedTest
    @CsvSource({"100,18", "18,18", "13,13", "12,5", "6,5", "5,5", "1,1", "0,0"})
    void shouldStepOverClosedMiddleWhenGoingBack(long from, long expected) {
        // Given
        var visibility = Visibility.of(TWICE, head(30, 18));

        // When / Then
        assertThat(visibility.seqAtOrBefore(from)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "5,5", "6,13", "13,13", "18,18", "19,0"})
    void shouldStepOverClosedMiddleWhenGoingForward(long from, long expected) {
        // Given
        var visibility = Visibility.of(TWICE, head(30, 18));

        // When / Then
        assertThat(visibility.seqAtOrAfter(from)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "10,10", "11,20", "30,30", "31,0"})
    void shouldStepOverClosedMiddleWhenEventsAreRead(long from, long expected) {
        // Given
        var visibility = Visibility.of(TWICE, head(30, 18));

        // When / Then
        assertThat(visibility.versionAtOrAfter(from)).isEqualTo(expected);
    }

    @Test
    void shouldBeMemberUntilRemovalIsApplied() {
        // Given
        var changes = TWICE.subList(0, 2);

        // When
        var before = Visibility.of(changes, head(9, 5));
        var after = Visibility.of(changes, head(12, 7));

        // Then
        assertThat(before.member()).isTrue();
        assertThat(before.sees(10)).as("beyond what is applied").isFalse();
        assertThat(before.pending(10)).isTrue();
        assertThat(after.member()).isFalse();
        assertThat(after.lastVersion()).isEqualTo(10);
        assertThat(after.lastSeq()).isEqualTo(5);
        assertThat(after.known()).isTrue();
    }

    @Test
    void shouldShowNothingWhenUserWasNeverMember() {
        // Given
        var visibility = Visibility.of(List.of(), head(30, 18));

        // When / Then
        assertThat(visibility.known()).isFalse();
        assertThat(visibility.sees(5)).isFalse();
        assertThat(visibility.seqAtOrBefore(18)).isZero();
        assertThat(visibility.lastVersion()).isZero();
    }

    @Test
    void shouldNotJoinBeforeMembershipIsApplied() {
        // Given
        var changes = List.of(new MemberChange("bob", 5, true, "MEMBER", 3));

        // When / Then
        assertThat(Visibility.of(changes, head(4, 3)).known()).isFalse();
        assertThat(Visibility.of(changes, head(5, 3)).known()).isTrue();
    }

    @Test
    void shouldKeepMembershipOpenWhenOnlyRoleChanges() {
        // Given
        var changes =
                List.of(new MemberChange("bob", 1, true, "MEMBER", 0), new MemberChange("bob", 6, true, "ADMIN", 4));

        // When
        var visibility = Visibility.of(changes, head(9, 6));

        // Then
        assertThat(visibility.sees(2)).isTrue();
        assertThat(visibility.seqAtOrAfter(1)).isEqualTo(1);
    }

    private static ConversationHead head(long version, long seq) {
        return new ConversationHead(version, seq, 0, null, 0);
    }
}
