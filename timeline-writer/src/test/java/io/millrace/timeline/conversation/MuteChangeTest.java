package io.millrace.timeline.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MuteChangeTest {
    private static final MemberChange JOINED = new MemberChange("bob", 1, true, "MEMBER", 0);

    @Test
    void shouldTellTheMuteAsOfAVersion() {
        // Given
        var mutes = List.of(new MuteChange("", 4, 700), new MuteChange("bob", 3, 500), new MuteChange("bob", 6, 0));

        // When / Then
        assertThat(MuteChange.after(2, mutes, List.of(JOINED))).isEmpty();
        assertThat(MuteChange.after(5, mutes, List.of(JOINED)))
                .containsEntry("bob", 500L)
                .containsEntry("", 700L);
        assertThat(MuteChange.after(6, mutes, List.of(JOINED))).containsEntry("bob", 0L);
    }

    @Test
    void shouldEndWithTheMembership() {
        // Given
        var mutes = List.of(new MuteChange("bob", 3, 500));
        var members = List.of(
                JOINED, new MemberChange("bob", 5, false, "", 2), new MemberChange("bob", 8, true, "MEMBER", 2));

        // When / Then
        assertThat(MuteChange.after(4, mutes, members)).containsEntry("bob", 500L);
        assertThat(MuteChange.after(9, mutes, members)).as("joined again").isEmpty();
    }

    @Test
    void shouldEndWithARoleThatMayAlwaysSendAndNotComeBackWithTheOldRole() {
        // Given
        var mutes = List.of(new MuteChange("", 2, 700), new MuteChange("bob", 3, 500));
        var members = List.of(
                JOINED, new MemberChange("bob", 5, true, "ADMIN", 2), new MemberChange("bob", 8, true, "MEMBER", 2));

        // When / Then
        assertThat(MuteChange.after(5, mutes, members)).containsOnlyKeys("");
        assertThat(MuteChange.after(9, mutes, members)).containsOnlyKeys("");
    }

    @Test
    void shouldStayWhenTheRoleIsGivenAgain() {
        // Given
        var mutes = List.of(new MuteChange("bob", 3, 500));
        var members = List.of(JOINED, new MemberChange("bob", 5, true, "MEMBER", 2));

        // When / Then
        assertThat(MuteChange.after(6, mutes, members)).containsEntry("bob", 500L);
    }
}
