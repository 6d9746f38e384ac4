package io.millrace.service.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.id.UserId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RevokedKeysTest {
    private static final Instant ISSUED = Instant.parse("2026-11-23T08:00:00Z");

    private final RevokedKeys revoked = new RevokedKeys();
    private final VerifiedToken token =
            new VerifiedToken(new UserId("alice"), ISSUED, ISSUED.plusSeconds(900), "t-1", MayActFor.NOBODY);

    @Test
    void shouldCoverOnlyOlderTokensOfTheUser() {
        // When
        revoked.add("user:alice", ISSUED);
        boolean atTheInstant = revoked.covers(token);
        revoked.add("user:alice", ISSUED.plusMillis(1));
        boolean after = revoked.covers(token);

        // Then
        assertThat(atTheInstant).isFalse();
        assertThat(after).isTrue();
    }

    @Test
    void shouldCoverATokenByItsIdWhateverTheInstant() {
        // When
        revoked.add("token:t-1", Instant.EPOCH);

        // Then
        assertThat(revoked.covers(token)).isTrue();
    }

    @Test
    void shouldNotMixUpUsersAndTokenIds() {
        // When
        revoked.add("token:alice", ISSUED.plusSeconds(1));
        revoked.add("user:t-1", ISSUED.plusSeconds(1));
        revoked.add("user:alice2", ISSUED.plusSeconds(1));

        // Then
        assertThat(revoked.covers(token)).isFalse();
    }

    @Test
    void shouldCoverTokensToComeWhenARevocationCannotBeRead() {
        // When
        revoked.addAll("user:alice");

        // Then
        assertThat(revoked.covers(token)).isTrue();
    }

    @Test
    void shouldHonourAgainWhenLifted() {
        // Given
        revoked.addAll("user:alice");

        // When
        revoked.lift("user:alice");

        // Then
        assertThat(revoked.covers(token)).isFalse();
    }

    @Test
    void shouldCoverATokenWithoutIdByItsUser() {
        // Given
        var anonymous = new VerifiedToken(new UserId("alice"), Instant.EPOCH, ISSUED, null, MayActFor.NOBODY);

        // When
        revoked.add("user:alice", ISSUED);

        // Then
        assertThat(revoked.covers(anonymous)).isTrue();
    }
}
