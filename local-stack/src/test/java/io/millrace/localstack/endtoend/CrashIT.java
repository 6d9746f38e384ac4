package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.client.outbox.Decision;
import io.millrace.client.outbox.Recipient;
import io.millrace.localstack.SharedStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A part is killed as kill -9 does, under light traffic, and started again. */
@Timeout(300)
final class CrashIT {
    private static final int MESSAGES = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final SharedStack stack = SharedStack.running();
    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String conversation = Names.direct(alice, bob);
    private Device phone;
    private Device laptop;
    private Device bobs;

    @BeforeEach
    void connectEverybody() {
        phone = Device.of(stack.edge(0), alice, "phone").connect();
        laptop = Device.of(stack.edge(1), alice, "laptop").connect();
        bobs = Device.of(stack.edge(0), bob, "phone").connect();
    }

    @AfterEach
    void disconnectEverybody() {
        List.of(phone, laptop, bobs).forEach(Device::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge-1", "router", "timeline"})
    void shouldLoseDoubleAndReorderNothingWhenAPartIsKilled(String part) throws InterruptedException {
        // Given
        var decisions = new ArrayList<CompletableFuture<Decision>>();
        var expected =
                IntStream.range(0, MESSAGES).mapToObj(i -> "message " + i).toList();

        // When
        for (int i = 0; i < MESSAGES; i++) {
            decisions.add(
                    phone.client().send(Recipient.user(bob), expected.get(i)).decision());
            if (i == MESSAGES / 3) {
                decisions.get(i / 2).orTimeout(60, TimeUnit.SECONDS).join();
                stack.parts().part(part).kill();
            }
            if (i == 2 * MESSAGES / 3) {
                stack.parts().part(part).start();
            }
        }

        // Then
        var seqs = decisions.stream()
                .map(d ->
                        Device.posted(d.orTimeout(90, TimeUnit.SECONDS).join()).seq())
                .toList();
        assertThat(seqs)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, MESSAGES).boxed().toList());
        for (var device : List.of(phone, laptop, bobs)) {
            await(device.toString()).atMost(PATIENCE).untilAsserted(() -> {
                assertThat(device.texts(conversation)).isEqualTo(expected);
                assertThat(device.positions())
                        .isEqualTo(LongStream.rangeClosed(1, MESSAGES).boxed().toList());
            });
        }
        try (var fresh = Device.of(stack.edge(1), bob, "tablet").connect()) {
            await("a new device").atMost(PATIENCE).untilAsserted(() -> assertThat(fresh.texts(conversation))
                    .isEqualTo(expected));
        }
    }
}
