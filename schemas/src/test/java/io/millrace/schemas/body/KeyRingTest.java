package io.millrace.schemas.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.record.UserKey;
import io.millrace.schemas.record.UserKeyState;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private final KeyRing ring = new KeyRing();

    @Test
    void shouldEncryptWithTheFirstKeyWhenTwoEdgesMadeOne() {
        // When
        key("k-1", "alice");
        key("k-2", "alice");
        key("k-3", "bob");

        // Then
        assertThat(ring.of("alice").map(BodyKey::id)).contains("k-1");
        assertThat(ring.byId("k-2")).isPresent();
        assertThat(ring.of("carol")).isEmpty();
        assertThat(ring.size()).isEqualTo(3);
    }

    @Test
    void shouldHaveNoKeyOfAUserWhenItIsErased() {
        // Given
        key("k-1", "alice");
        key("k-2", "bob");

        // When
        says("alice", UserKeyState.ERASED);

        // Then
        assertThat(ring.isErased("alice")).isTrue();
        assertThat(ring.of("alice")).isEmpty();
        assertThat(ring.byId("k-1")).isEmpty();
        assertThat(ring.of("bob")).isPresent();
        assertThat(ring.isErased("bob")).isFalse();
    }

    @Test
    void shouldNotTakeAKeyWhenItsUserIsErased() {
        // Given
        says("alice", UserKeyState.ERASED);

        // When
        key("k-9", "alice");

        // Then
        assertThat(ring.of("alice")).isEmpty();
        assertThat(ring.byId("k-9")).isEmpty();
        assertThat(ring.idsOf("alice"))
                .as("it stands in the log, to be deleted")
                .containsExactly("k-9");
    }

    @Test
    void shouldListNoKeyWhenAllAreDeleted() {
        // Given
        key("k-1", "alice");
        says("alice", UserKeyState.ERASED);
        key("k-9", "alice");

        // When
        deleted("key:k-1");
        deleted("key:k-9");

        // Then
        assertThat(ring.idsOf("alice")).isEmpty();
    }

    @Test
    void shouldStayErasedWhateverIsSaidLater() {
        // Given
        says("alice", UserKeyState.ERASED);

        // When
        says("alice", UserKeyState.RELEASED);
        deleted("user:alice");

        // Then
        assertThat(ring.isErased("alice")).isTrue();
    }

    @Test
    void shouldSayWhyAUserIsHeldUntilItIsReleased() {
        // Given
        key("k-1", "alice");

        // When
        says("alice", UserKeyState.HELD);

        // Then
        assertThat(ring.heldBecause("alice")).contains("why");
        assertThat(ring.of("alice")).as("held users write on").isPresent();
        says("alice", UserKeyState.RELEASED);
        assertThat(ring.heldBecause("alice")).isEmpty();
    }

    @Test
    void shouldEncryptWithTheNextKeyWhenTheFirstIsDeleted() {
        // Given
        key("k-1", "alice");
        key("k-2", "alice");

        // When
        deleted("key:k-1");

        // Then
        assertThat(ring.byId("k-1")).isEmpty();
        assertThat(ring.of("alice").map(BodyKey::id)).contains("k-2");
    }

    @Test
    void shouldTakeNothingFromWhatSaysNothing() {
        // When
        var odd = new UserKey(UserKeyState.KEY, "alice", ByteBuffer.wrap(new byte[7]), Instant.EPOCH, null);
        var later = new UserKey(UserKeyState.UNKNOWN, "alice", null, Instant.EPOCH, null);

        // Then
        assertThat(ring.apply("key:k-1", odd)).isEmpty();
        assertThat(ring.apply("user:alice", later)).isEmpty();
        assertThat(ring.apply("other", later)).isEmpty();
        assertThat(ring.apply("key:k-2", null)).isEmpty();
        assertThat(ring.of("alice")).isEmpty();
    }

    private void key(String id, String user) {
        apply(
                "key:" + id,
                new UserKey(UserKeyState.KEY, user, ByteBuffer.wrap(new byte[BodyKey.BYTES]), Instant.EPOCH, null));
    }

    private void says(String user, UserKeyState state) {
        apply("user:" + user, new UserKey(state, user, null, Instant.EPOCH, "why"));
    }

    private void deleted(String recordKey) {
        apply(recordKey, null);
    }

    private void apply(String recordKey, @Nullable UserKey value) {
        ring.apply(recordKey, value);
    }
}
