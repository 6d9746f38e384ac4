package io.millrace.client.timeline;

import static io.millrace.client.timeline.Entries.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.loop.Backoff;
import io.millrace.client.loop.ManualLoop;
import io.millrace.client.timeline.PullAnswer.Later;
import io.millrace.client.timeline.PullAnswer.Page;
import io.millrace.client.timeline.PullAnswer.Reset;
import io.millrace.client.timeline.TimelineStore.Cursor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CatchUpTest {
    private final ManualLoop loop = new ManualLoop();
    private final List<Long> seen = new ArrayList<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final Script script = new Script();
    private final Timeline timeline =
            new Timeline(new MemoryTimelineStore(new Cursor("e1", 10)), entry -> seen.add(entry.position()), 100);
    private final CatchUp catchUp = new CatchUp(
            loop,
            timeline,
            script,
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new SplittableRandom(5)),
            snapshots::add,
            () -> {});

    @Test
    void shouldPullPageAfterPageUntilItIsInStep() {
        // Given
        session("e1", 14);
        script.answers.add(new Page("e1", 14, range(11, 12), 12, 0));
        script.answers.add(new Page("e1", 14, range(13, 14), 14, 0));

        // When
        catchUp.check();
        loop.pass(Duration.ofMillis(1));

        // Then
        assertThat(script.asked).containsExactly("10 e1 14", "12 e1 14");
        assertThat(seen).containsExactly(11L, 12L, 13L, 14L);
    }

    @Test
    void shouldNotPullWhenNothingIsMissing() {
        // Given
        session("e1", 10);

        // When
        catchUp.check();
        loop.pass(Duration.ofMinutes(1));

        // Then
        assertThat(script.asked).isEmpty();
    }

    @Test
    void shouldBeginWithASnapshotWhenTheServerResets() {
        // Given
        session("e1", 99);
        script.answers.add(new Reset());
        script.snapshots.add(new Snapshot("e1", 97, List.of(), 0));
        script.answers.add(new Page("e1", 99, range(98, 99), 99, 0));

        // When
        catchUp.check();
        loop.pass(Duration.ofMillis(1));

        // Then
        assertThat(snapshots).hasSize(1);
        assertThat(script.asked).containsExactly("10 e1 99", "97 e1 99");
        assertThat(seen).containsExactly(98L, 99L);
    }

    @Test
    void shouldWaitForTheSnapshotOfTheSessionsEpoch() {
        // Given
        assertThat(timeline.onSession("e2", 3)).isFalse();
        catchUp.onSession("e2", 3);
        script.snapshots.add(new Snapshot("e1", 12, List.of(), 0));
        script.snapshots.add(new Snapshot("e2", 3, List.of(), 0));

        // When
        catchUp.takeSnapshot();
        loop.pass(Duration.ofSeconds(1));

        // Then
        assertThat(snapshots).extracting(Snapshot::epoch).containsExactly("e2");
        assertThat(timeline.position()).isEqualTo(3);
        assertThat(timeline.epoch()).isEqualTo("e2");
    }

    @Test
    void shouldWaitAsLongAsTheServerSays() {
        // Given
        session("e1", 11);
        script.answers.add(new Later(900));
        script.answers.add(new Page("e1", 11, range(11, 11), 11, 0));

        // When
        catchUp.check();
        loop.pass(Duration.ofMillis(899));
        int before = script.asked.size();
        loop.pass(Duration.ofMillis(1));

        // Then
        assertThat(before).isEqualTo(1);
        assertThat(seen).containsExactly(11L);
    }

    @Test
    void shouldBeDoneOnlyWhenEverythingKnownIsThere() {
        // Given
        session("e1", 12);
        script.answers.add(new Page("e1", 11, range(11, 11), 11, 300));
        script.answers.add(new Page("e1", 12, range(12, 12), 12, 0));

        // When
        CompletableFuture<Void> done = catchUp.pull();
        loop.pass(Duration.ofMillis(299));
        boolean early = done.isDone();
        loop.pass(Duration.ofMillis(1));

        // Then
        assertThat(early).isFalse();
        assertThat(done).isCompleted();
    }

    @Test
    void shouldNotPullOnWhenThePushFilledTheGapMeanwhile() {
        // Given
        session("e1", 10);
        timeline.onPushed(range(12, 12));
        script.answers.add(new Later(500));
        catchUp.check();
        loop.run();

        // When
        timeline.onPushed(range(11, 11));
        loop.pass(Duration.ofSeconds(1));

        // Then
        assertThat(seen).containsExactly(11L, 12L);
        assertThat(script.asked).hasSize(1);
    }

    private void session(String epoch, long head) {
        timeline.onSession(epoch, head);
        catchUp.onSession(epoch, head);
    }

    /** Answers in the order they were written down. */
    private static final class Script implements PullSource {
        private final ArrayDeque<PullAnswer> answers = new ArrayDeque<>();
        private final ArrayDeque<Snapshot> snapshots = new ArrayDeque<>();
        private final List<String> asked = new ArrayList<>();

        @Override
        public CompletableFuture<PullAnswer> pull(long after, @Nullable String epoch, long atLeast) {
            asked.add(after + " " + epoch + " " + atLeast);
            PullAnswer next = answers.poll();
            return next == null
                    ? CompletableFuture.failedFuture(new IllegalStateException("the script ends"))
                    : CompletableFuture.completedFuture(next);
        }

        @Override
        public CompletableFuture<Snapshot> snapshot() {
            return CompletableFuture.completedFuture(snapshots.remove());
        }
    }
}
