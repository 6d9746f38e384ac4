package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.client.outbox.Recipient;
import io.millrace.localstack.SharedStack;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Edges come, go, die and freeze; sessions on the others do not notice. */
@Timeout(300)
final class EdgeLivesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** A JVM that starts beside them takes both cores for a while; a session that was lost would be quiet for 30 s. */
    private static final Duration QUIET = Duration.ofSeconds(8);

    private final SharedStack stack = SharedStack.running();
    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String conversation = Names.direct(alice, bob);
    private Device phone;
    private Device bobs;

    @BeforeEach
    void connectEverybody() {
        phone = Device.of(stack.edge(0), alice, "phone").connect();
        bobs = Device.of(stack.edge(1), bob, "phone").connect();
    }

    @AfterEach
    void disconnectEverybody() {
        List.of(phone, bobs).forEach(Device::close);
    }

    @Test
    void shouldDisturbNoLivingSessionWhenAThirdEdgeJoinsAndLeavesUnderLoad() throws InterruptedException {
        // Given
        long opened = phone.opened() + bobs.opened();
        try (var load = new SteadyLoad(phone, bob, bobs, conversation)) {
            load.awaitArrivals(20);

            // When
            var third = stack.parts().addEdge();
            try (var laptop =
                    Device.of(stack.parts().edgeUrl(3), alice, "laptop").connect()) {
                await().atMost(PATIENCE).until(() -> laptop.texts(conversation).size() > 20);
            }
            third.stop();
            load.awaitArrivals(20);

            // Then
            load.end();
            assertThat(load.longestSilence()).isLessThan(QUIET);
        }
        assertThat(phone.opened() + bobs.opened()).isEqualTo(opened);
    }

    @Test
    void shouldTakeTheSessionsOfAKilledEdgeOffline() throws InterruptedException {
        try (var sessions = new RegisteredSessions(stack.parts(), bob)) {
            // Given
            await().atMost(PATIENCE).until(() -> sessions.count() == 1);

            // When
            bobs.close();
            var dying = Device.of(stack.edge(1), bob, "pad").connect();
            await().atMost(PATIENCE).until(() -> sessions.count() == 1);
            stack.parts().edge(2).kill();
            dying.close();

            // Then
            try {
                await().atMost(Duration.ofSeconds(25)).until(() -> sessions.count() == 0);
            } finally {
                stack.parts().edge(2).start();
            }
        }
    }

    @Test
    void shouldComeBackCleanWhenAnEdgeWasFrozen() throws InterruptedException, IOException {
        // Given
        var edge = stack.parts().edge(2);
        phone.send(Recipient.user(bob), "before");
        await().atMost(PATIENCE).until(() -> bobs.texts(conversation).size() == 1);

        // When
        try (var sessions = new RegisteredSessions(stack.parts(), bob)) {
            edge.freeze();
            try {
                phone.send(Recipient.user(bob), "meanwhile");
                await("the router forgets the frozen edge").atMost(PATIENCE).until(() -> sessions.count() == 0);
            } finally {
                edge.thaw();
            }

            // Then
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(bobs.texts(conversation)).containsExactly("before", "meanwhile");
                assertThat(sessions.count()).isEqualTo(1);
            });
        }
        phone.send(Recipient.user(bob), "after");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(bobs.texts(conversation))
                .containsExactly("before", "meanwhile", "after"));
        assertThat(bobs.positions()).containsExactly(1L, 2L, 3L);
    }
}
