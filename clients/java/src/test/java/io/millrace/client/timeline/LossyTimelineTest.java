package io.millrace.client.timeline;

import static io.millrace.client.timeline.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.loop.Backoff;
import io.millrace.client.loop.ManualLoop;
import io.millrace.client.timeline.PullAnswer.Later;
import io.millrace.client.timeline.PullAnswer.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is lost, doubled, reordered or cut on the way: each entry comes out once and in order. */
final class LossyTimelineTest {
    private static final int ENTRIES = 2_000;

    private final ManualLoop loop = new ManualLoop();
    private final List<Long> seen = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void shouldShowEachEntryOnceAndInOrderWhenTheNetworkDoesNot(long seed) {
        // Given
        var random = new SplittableRandom(seed);
        var timeline =
                new Timeline(new MemoryTimelineStore(), entry -> seen.add(entry.position()), 1 + random.nextInt(200));
        var source = new FlakyStore(random);
        var backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), random);
        var catchUp = new CatchUp(loop, timeline, source, backoff, snapshot -> {}, () -> {});
        timeline.onSession("e1", 0);
        catchUp.onSession("e1", 0);

        // When
        var onTheWay = new ArrayList<Entry>();
        for (long position = 1; position <= ENTRIES; position++) {
            source.head = position;
            for (int copy = copies(random); copy > 0; copy--) {
                onTheWay.add(random.nextInt(onTheWay.size() + 1), entry(position));
            }
            while (onTheWay.size() > 8) {
                timeline.onPushed(List.of(onTheWay.remove(onTheWay.size() - 1)));
                catchUp.check();
            }
            if (random.nextInt(300) == 0) {
                onTheWay.clear();
                timeline.onSession("e1", position);
                catchUp.onSession("e1", position);
                catchUp.check();
            }
            assertThat(timeline.taken()).as("seed %d", seed).isLessThanOrEqualTo(position);
            loop.pass(Duration.ofMillis(random.nextInt(20)));
        }
        source.lag = 1;
        CompletableFuture<Void> inStep = catchUp.pull();
        loop.pass(Duration.ofMinutes(10));

        // Then
        assertThat(inStep).as("seed %d", seed).isCompleted();
        assertThat(seen)
                .as("seed %d", seed)
                .isEqualTo(LongStream.rangeClosed(1, ENTRIES).boxed().toList());
    }

    /** One in ten is lost, one in ten comes twice. */
    private static int copies(SplittableRandom random) {
        int draw = random.nextInt(10);
        return draw == 0 ? 0 : draw == 1 ? 2 : 1;
    }

    /** A store that lags behind the pushes, is short of capacity, and fails. */
    private static final class FlakyStore implements PullSource {
        private final SplittableRandom random;
        private long head;
        private int lag = 5;

        FlakyStore(SplittableRandom random) {
            this.random = random;
        }

        @Override
        public CompletableFuture<PullAnswer> pull(long after, @Nullable String epoch, long atLeast) {
            switch (random.nextInt(6)) {
                case 0:
                    return CompletableFuture.completedFuture(new Later(random.nextInt(500)));
                case 1:
                    return CompletableFuture.failedFuture(new IllegalStateException("cut"));
                default:
                    long stored = Math.max(after, head - random.nextInt(lag));
                    long last = Math.min(stored, after + random.nextInt(60));
                    var entries = new ArrayList<Entry>();
                    for (long position = after + 1; position <= last; position++) {
                        entries.add(entry(position));
                    }
                    return CompletableFuture.completedFuture(
                            new Page("e1", stored, entries, last, last < stored ? 0 : 50));
            }
        }

        @Override
        public CompletableFuture<Snapshot> snapshot() {
            return CompletableFuture.failedFuture(new IllegalStateException("not asked for"));
        }
    }
}
