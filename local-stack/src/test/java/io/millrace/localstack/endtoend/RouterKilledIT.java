package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.StackOptions.Tier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One of two routers is killed under load: how long its own users wait, and how long those of the other one. */
@Timeout(240)
final class RouterKilledIT {
    private static final int PAIRS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Transaction timeout of the router, one look of the broker for transactions that are over, and a slow machine. */
    private static final Duration OTHERS_WAIT = Duration.ofSeconds(10 + 1 + 4);
    /** Session timeout of the router, then a rebalance, which waits for the same transactions. */
    private static final Duration ITS_OWN_WAIT = Duration.ofSeconds(10 + 25);

    @TempDir
    private Path data;

    private final List<Heartbeats> all = new ArrayList<>();
    private LocalStack stack;

    @BeforeEach
    void start() throws InterruptedException {
        stack = new LocalStack(StackOptions.at(data)
                .withRouters(2)
                .withTiers(Set.of(Tier.KAFKA, Tier.REGISTRY, Tier.ROUTER, Tier.EDGE)));
        stack.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        all.forEach(Heartbeats::close);
        stack.close();
    }

    @Test
    void shouldHoldUpTheUsersOfTheOtherRouterNoLongerThanTheTransactionTimeout() throws Exception {
        // Given
        await("both routers have work").atMost(PATIENCE).until(() -> isShared(1) && isShared(2));
        var dying = RouterTasks.of(stack, 2);
        var living = RouterTasks.of(stack, 1);
        var others = pairs((a, b) -> isAllOf(living, a, b));
        var itsOwn = pairs((a, b) -> isAllOf(dying, a, b));
        var clock = Executors.newScheduledThreadPool(1);
        clock.scheduleAtFixedRate(() -> all.forEach(Heartbeats::beat), 0, 200, TimeUnit.MILLISECONDS);
        try {
            await("the load is under way").atMost(PATIENCE).until(() -> all.stream()
                    .allMatch(h -> h.received() > 10));
            all.forEach(Heartbeats::reset);

            // When
            stack.part("router-2").kill();
            all.forEach(Heartbeats::mark);
            await("all go on").atMost(PATIENCE).until(() -> all.stream().allMatch(Heartbeats::isBeyondMark));
        } finally {
            clock.shutdown();
            assertThat(clock.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
        await("everything has arrived").atMost(PATIENCE).until(() -> all.stream()
                .allMatch(Heartbeats::isComplete));

        // Then
        System.out.printf(
                "one of two routers killed: users of the other one waited %d ms, its own %d ms%n",
                longest(others).toMillis(), longest(itsOwn).toMillis());
        assertThat(all).allMatch(Heartbeats::isInOrder);
        assertThat(longest(others)).isLessThan(OTHERS_WAIT);
        assertThat(longest(itsOwn)).isLessThan(ITS_OWN_WAIT);
    }

    private boolean isShared(int router) throws Exception {
        var tasks = RouterTasks.of(stack, router);
        return tasks.conversations().size() >= 3 && tasks.users().size() >= 3;
    }

    private static boolean isAllOf(RouterTasks tasks, String a, String b) {
        return tasks.decides(Names.direct(a, b)) && tasks.numbers(a) && tasks.numbers(b);
    }

    private List<Heartbeats> pairs(BiPredicate<String, String> wanted) {
        var pairs = new ArrayList<Heartbeats>();
        while (pairs.size() < PAIRS) {
            var from = Names.user("from");
            var to = Names.user("to");
            if (wanted.test(from, to)) {
                pairs.add(new Heartbeats(stack.edgeUrl(1), from, to));
            }
        }
        all.addAll(pairs);
        return pairs;
    }

    private static Duration longest(List<Heartbeats> pairs) {
        return pairs.stream()
                .map(Heartbeats::longestSilence)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
