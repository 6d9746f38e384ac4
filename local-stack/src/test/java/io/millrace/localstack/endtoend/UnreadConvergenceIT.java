package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.client.connection.JdkTransport;
import io.millrace.client.outbox.Decision;
import io.millrace.client.outbox.Recipient;
import io.millrace.client.outbox.SendHandle;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.Event;
import io.millrace.localstack.SharedStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several devices of three users send, read, recall, delete and mute at random over a network that loses, doubles and
 * cuts; in the end all devices were told the numbers of a model that counts message by message.
 */
@Timeout(240)
final class UnreadConvergenceIT {
    private static final int OPERATIONS = 300;
    private static final Duration CONVERGENCE = Duration.ofSeconds(120);

    private final SharedStack stack = SharedStack.running();
    private final List<String> users = List.of(Names.user("alice"), Names.user("bob"), Names.user("carol"));
    private final List<FaultyTransport> networks = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();

    /** What a device asked, and what it means if it is posted. */
    private record Asked(String user, String conversation, SendHandle handle, Effect effect) {}

    /** @param seq 0 for a message, which gets its seq when it is posted */
    private record Effect(Kind kind, long seq) {
        enum Kind {
            SENT,
            READ,
            RECALLED,
            DELETED,
            MUTED
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22})
    void shouldTellAllDevicesWhatTheModelCounts(long seed) throws Exception {
        // Given
        var random = new Random(seed);
        for (int i = 0; i < 5; i++) {
            networks.add(new FaultyTransport(new JdkTransport(RawHttp.CLIENT), 10 * seed + i));
            devices.add(Device.over(networks.get(i), stack.edge(i % 2), users.get(i % 3), "device-" + i)
                    .connect());
        }
        try {
            // When
            for (int i = 0; i < OPERATIONS; i++) {
                operate(random);
            }
            var decisions = decided();
            networks.forEach(FaultyTransport::heal);

            // Then
            var model = new Model();
            decisions.forEach(model::apply);
            for (var device : devices) {
                await("numbers of " + device + ", seed " + seed)
                        .atMost(CONVERGENCE)
                        .untilAsserted(() -> assertThat(told(device)).isEqualTo(model.unread(device.user)));
                assertThat(device.positions())
                        .as("%s, seed %d", device, seed)
                        .isEqualTo(LongStream.rangeClosed(1, device.entries.size())
                                .boxed()
                                .toList());
                var last = device.entries.get(device.entries.size() - 1).unread();
                assertThat(last.total()).as("%s, seed %d", device, seed).isEqualTo(model.total(device.user));
                await().atMost(CONVERGENCE).untilAsserted(() -> assertThat(device.client()
                                .conversations()
                                .get(10, TimeUnit.SECONDS)
                                .totalUnread())
                        .as("pulled by %s, seed %d", device, seed)
                        .isEqualTo(model.total(device.user)));
            }
        } finally {
            devices.forEach(Device::close);
        }
    }

    private void operate(Random random) {
        var device = devices.get(random.nextInt(devices.size()));
        var client = device.client();
        // Only what the device has seen: nobody reads what is not there.
        var seen = device.entries.stream()
                .filter(entry -> entry.event() instanceof Event.Message)
                .toList();
        if (seen.isEmpty() || random.nextInt(2) == 0) {
            var other = users.get(random.nextInt(users.size()));
            var handle = client.send(Recipient.user(other), "message " + asked.size());
            asked.add(
                    new Asked(device.user, Names.direct(device.user, other), handle, new Effect(Effect.Kind.SENT, 0)));
            return;
        }
        var entry = seen.get(random.nextInt(seen.size()));
        var message = (Event.Message) entry.event();
        var conversation = entry.conversation();
        switch (random.nextInt(4)) {
            case 0 -> {
                if (message.from().equals(device.user)) {
                    var recall = client.recall(conversation, message.seq());
                    add(device, conversation, recall, Effect.Kind.RECALLED, message.seq());
                }
            }
            case 1 -> {
                var delete = client.delete(conversation, message.seq());
                add(device, conversation, delete, Effect.Kind.DELETED, message.seq());
            }
            case 2 -> add(device, conversation, client.mute(conversation, true), Effect.Kind.MUTED, 0);
            default -> {
                var read = client.read(conversation, message.seq());
                add(device, conversation, read, Effect.Kind.READ, message.seq());
            }
        }
    }

    private void add(Device device, String conversation, SendHandle handle, Effect.Kind kind, long seq) {
        asked.add(new Asked(device.user, conversation, handle, new Effect(kind, seq)));
    }

    private List<Asked> decided() {
        asked.forEach(a -> Device.posted(a.handle()
                .decision()
                .orTimeout(CONVERGENCE.toSeconds(), TimeUnit.SECONDS)
                .join()));
        return asked;
    }

    /** What the device was told last of each conversation. */
    private static Map<String, Long> told(Device device) {
        var told = new TreeMap<String, Long>();
        for (Entry entry : device.entries) {
            told.put(entry.conversation(), entry.unread().messages());
        }
        return told;
    }

    private static long seq(SendHandle handle) {
        return ((Decision.Posted) handle.decision().join()).seq();
    }

    /** Counts message by message. */
    private static final class Model {
        private final Map<String, Long> last = new TreeMap<>();
        private final Map<String, Long> base = new TreeMap<>();
        private final Map<String, Set<Long>> gone = new TreeMap<>();
        private final Set<String> muted = new HashSet<>();

        void apply(Asked a) {
            var own = a.user() + " " + a.conversation();
            switch (a.effect().kind()) {
                case SENT -> {
                    long seq = seq(a.handle());
                    last.merge(a.conversation(), seq, Math::max);
                    base.merge(own, seq, Math::max);
                }
                case READ -> base.merge(own, a.effect().seq(), Math::max);
                case RECALLED ->
                    List.of(a.conversation().substring(2).split(":"))
                            .forEach(user -> gone(user + " " + a.conversation())
                                    .add(a.effect().seq()));
                case DELETED -> gone(own).add(a.effect().seq());
                case MUTED -> muted.add(own);
            }
        }

        Map<String, Long> unread(String user) {
            var unread = new TreeMap<String, Long>();
            last.forEach((conversation, seq) -> {
                if (List.of(conversation.substring(2).split(":")).contains(user)) {
                    var own = user + " " + conversation;
                    unread.put(
                            conversation,
                            LongStream.rangeClosed(base.getOrDefault(own, 0L) + 1, seq)
                                    .filter(each -> !gone(own).contains(each))
                                    .count());
                }
            });
            return unread;
        }

        long total(String user) {
            return unread(user).entrySet().stream()
                    .filter(e -> !muted.contains(user + " " + e.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        private Set<Long> gone(String own) {
            return gone.computeIfAbsent(own, key -> new HashSet<>());
        }
    }
}
