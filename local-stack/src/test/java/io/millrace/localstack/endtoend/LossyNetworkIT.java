package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.client.connection.JdkTransport;
import io.millrace.client.outbox.Decision;
import io.millrace.client.outbox.Recipient;
import io.millrace.client.outbox.SendHandle;
import io.millrace.localstack.SharedStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames are lost, doubled, reordered and cut in both directions: everybody ends with the same conversation. */
@Timeout(240)
final class LossyNetworkIT {
    private static final int MESSAGES = 150;
    private static final Duration CONVERGENCE = Duration.ofSeconds(90);

    private final SharedStack stack = SharedStack.running();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldConvergeWhateverTheNetworkDoes(long seed) {
        // Given
        String alice = Names.user("alice");
        String bob = Names.user("bob");
        String conversation = Names.direct(alice, bob);
        var networks = new ArrayList<FaultyTransport>();
        for (int device = 0; device < 3; device++) {
            networks.add(new FaultyTransport(new JdkTransport(RawHttp.CLIENT), 10 * seed + device));
        }
        try (Device phone = Device.over(networks.get(0), stack.edge(0), alice, "phone")
                        .connect();
                Device laptop = Device.over(networks.get(1), stack.edge(1), alice, "laptop")
                        .connect();
                Device bobs = Device.over(networks.get(2), stack.edge(1), bob, "phone")
                        .connect()) {
            // When
            var sent = new ArrayList<String>();
            var handles = new ArrayList<SendHandle>();
            for (int i = 0; i < MESSAGES; i++) {
                Device from = List.of(phone, laptop, bobs).get(i % 3);
                String text = from + " " + i;
                sent.add(text);
                handles.add(from.client().send(Recipient.user(from == bobs ? alice : bob), text));
            }
            List<Decision> decisions = handles.stream()
                    .map(handle -> handle.decision()
                            .orTimeout(CONVERGENCE.toSeconds(), TimeUnit.SECONDS)
                            .join())
                    .toList();
            networks.forEach(FaultyTransport::heal);

            // Then
            for (FaultyTransport network : networks) {
                assertThat(network.counts())
                        .as("a network that does nothing proves nothing, seed %d", seed)
                        .containsKeys(FaultyTransport.Fate.values());
            }
            assertThat(decisions).as("seed %d", seed).allSatisfy(decision -> assertThat(decision)
                    .isInstanceOf(Decision.Posted.class));
            for (Device device : List.of(phone, laptop, bobs)) {
                await("convergence of " + device + ", seed " + seed)
                        .atMost(CONVERGENCE)
                        .untilAsserted(
                                () -> assertThat(device.texts(conversation)).containsExactlyInAnyOrderElementsOf(sent));
                assertThat(device.positions())
                        .as("%s, seed %d", device, seed)
                        .isEqualTo(LongStream.rangeClosed(1, device.entries.size())
                                .boxed()
                                .toList());
            }
            assertThat(laptop.texts(conversation)).isEqualTo(phone.texts(conversation));
            assertThat(bobs.texts(conversation)).isEqualTo(phone.texts(conversation));
        }
    }
}
