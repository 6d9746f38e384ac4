package io.millrace.timeline.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.schemas.id.UserId;
import io.millrace.service.auth.MayActFor;
import io.millrace.service.auth.VerifiedToken;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In whose name a pull is. */
class AuthenticationTest {
    private static final UserId BOB = new UserId("bob");

    @Test
    void shouldPullForTheTokensUserWhenNobodyIsNamed() {
        assertThat(Authentication.speaker(token(MayActFor.NOBODY), null)).isEqualTo(new UserId("shop"));
        assertThat(Authentication.speaker(token(new MayActFor(true, Set.of())), null))
                .isEqualTo(new UserId("shop"));
    }

    @Test
    void shouldPullForAUserWhenTheTokenSaysSo() {
        assertThat(Authentication.speaker(token(new MayActFor(false, Set.of(BOB))), "bob"))
                .isEqualTo(BOB);
        assertThat(Authentication.speaker(token(new MayActFor(true, Set.of())), "bob"))
                .isEqualTo(BOB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"carol", "BOB", "shop"})
    void shouldBeForbiddenWhenTheTokenDoesNotSaySo(String as) {
        assertThat(refusal(new MayActFor(false, Set.of(BOB)), as)).isEqualTo(403);
        assertThat(refusal(MayActFor.NOBODY, as)).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "*", " bob"})
    void shouldBeInvalidWhenTheNameIsNone(String as) {
        assertThat(refusal(new MayActFor(true, Set.of()), as)).isEqualTo(400);
    }

    private static int refusal(MayActFor mayActFor, String as) {
        return catchThrowableOfType(ProblemException.class, () -> Authentication.speaker(token(mayActFor), as))
                .problem()
                .status();
    }

    private static VerifiedToken token(MayActFor mayActFor) {
        return new VerifiedToken(new UserId("shop"), Instant.EPOCH, Instant.MAX, null, mayActFor);
    }
}
