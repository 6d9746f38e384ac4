package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.client.MillraceClient;
import io.millrace.client.Signal;
import io.millrace.client.outbox.Command;
import io.millrace.client.outbox.Decision;
import io.millrace.client.outbox.Recipient;
import io.millrace.client.outbox.SendHandle;
import io.millrace.client.timeline.ConversationSummary;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.Event;
import io.millrace.localstack.SharedStack;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Unread, settings, blocks, roles and receipts as all devices of two users see them. */
@Timeout(180)
final class MessageBoxIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SharedStack stack = SharedStack.running();
    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String conversation = Names.direct(alice, bob);
    private Device phone;
    private Device laptop;
    private Device bobs;

    @BeforeEach
    void connect() {
        phone = Device.of(stack.edge(0), alice, "phone").connect();
        laptop = Device.of(stack.edge(1), alice, "laptop").connect();
        bobs = Device.of(stack.edge(0), bob, "phone").connect();
    }

    @AfterEach
    void close() {
        List.of(phone, laptop, bobs).forEach(Device::close);
    }

    @Test
    void shouldCountTheSameOnAllDevicesWhateverHappens() throws Exception {
        // When
        for (int i = 1; i <= 5; i++) {
            bobs.send(Recipient.user(alice), "message " + i);
        }
        posted(bobs.client().recall(conversation, 5));
        posted(phone.client().delete(conversation, 4));
        posted(laptop.client().read(conversation, 1));

        // Then: 2 and 3 are left
        for (var device : List.of(phone, laptop)) {
            awaitLast(device, e -> e.event() instanceof Event.Read);
            assertThat(last(device).unread().messages()).isEqualTo(2);
            assertThat(last(device).unread().total()).isEqualTo(2);
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(summary(phone).unread()).isEqualTo(2);
            assertThat(summary(phone).request()).isTrue();
            assertThat(seqs(phone)).containsExactly(5L, 3L, 2L, 1L);
        });

        // When
        posted(phone.client().mute(conversation, true));
        posted(laptop.client().clear(conversation, 2));

        // Then
        for (var device : List.of(phone, laptop)) {
            awaitLast(
                    device,
                    e -> e.event() instanceof Event.SettingsChanged changed
                            && changed.settings().clearedSeq() == 2);
            assertThat(last(device).unread().messages()).isEqualTo(1);
            assertThat(last(device).unread().total()).isZero();
            assertThat(((Event.SettingsChanged) last(device).event()).settings().muted())
                    .isTrue();
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(seqs(laptop)).containsExactly(5L, 3L);
            assertThat(summary(laptop).settings().muted()).isTrue();
            assertThat(laptop.client().conversations().get(10, TimeUnit.SECONDS).totalUnread())
                    .isZero();
        });
    }

    @Test
    void shouldKeepADraftForTheOtherDevices() throws Exception {
        // Given
        bobs.send(Recipient.user(alice), "hello");
        var draft = MillraceClient.textBody("half a sentence");

        // When
        posted(phone.client().draft(conversation, draft));

        // Then
        awaitLast(laptop, e -> e.event() instanceof Event.SettingsChanged);
        assertThat(((Event.SettingsChanged) last(laptop).event()).settings().draft())
                .isEqualTo(draft);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(summary(laptop).settings().draft()).isEqualTo(draft));
        posted(laptop.client().draft(conversation, null));
        awaitLast(
                phone,
                e -> e.event() instanceof Event.SettingsChanged changed
                        && changed.settings().draft() == null);
    }

    @Test
    void shouldTakeNoMessagesFromABlockedUserAndTellNobodyElse() {
        // Given
        bobs.send(Recipient.user(alice), "hello");

        // When
        posted(phone.client().block(bob, true));
        var refused = decision(bobs.client().send(Recipient.user(alice), "are you there?"));

        // Then
        assertThat(refused).isInstanceOfSatisfying(Decision.Rejected.class, rejected -> assertThat(rejected.code())
                .isEqualTo("blocked"));
        awaitLast(laptop, e -> e.event() instanceof Event.Blocked);
        assertThat(bobs.entries).noneMatch(e -> e.event() instanceof Event.Blocked);
        assertThat(RawHttp.of(stack.edge(0), bob)
                        .get("/v1/conversations/" + conversation + "/events?after=1&atLeast=2")
                        .body()
                        .at("/events/0/event/kind")
                        .asText())
                .isEqualTo("unreadable");

        // When
        posted(laptop.client().block(bob, false));

        // Then
        assertThat(bobs.send(Recipient.user(alice), "now?").seq()).isEqualTo(2);
    }

    @Test
    void shouldTellTheSenderWhatIsDeliveredAndReadAndWhoIsTyping() throws Exception {
        // When
        phone.send(Recipient.user(bob), "hello");
        await().atMost(PATIENCE).until(() -> bobs.texts(conversation).size() == 1);

        // Then
        for (var device : List.of(phone, laptop)) {
            await().atMost(PATIENCE)
                    .until(() -> receipts(device).anyMatch(r -> r.delivered() != null && r.delivered() == 1));
        }

        // When
        posted(bobs.client().read(conversation, 1));
        bobs.client().typing(conversation);

        // Then
        await().atMost(PATIENCE).until(() -> receipts(phone).anyMatch(r -> r.read() != null && r.read() == 1));
        await().atMost(PATIENCE).until(() -> laptop.signals.stream().anyMatch(Signal.Typing.class::isInstance));
        var http = RawHttp.of(stack.edge(0), alice);
        await().atMost(PATIENCE).untilAsserted(() -> {
            var members = http.get("/v1/conversations/" + conversation).body().get("members");
            var bobsRow = members.get(0).get("user").asText().equals(bob) ? members.get(0) : members.get(1);
            assertThat(bobsRow.get("delivered").asLong()).isEqualTo(1);
            assertThat(bobsRow.get("read").asLong()).isEqualTo(1);
        });
    }

    @Test
    void shouldLetAdminsOfAGroupDoWhatTheirRoleAllows() throws Exception {
        // Given
        var carol = Names.user("carol");
        var group = phone.client().createGroup("Trip", List.of(bob, carol)).get(30, TimeUnit.SECONDS);
        await().atMost(PATIENCE).until(() -> !bobs.entries.isEmpty());

        // When
        phone.client().setRole(group, bob, "admin").get(30, TimeUnit.SECONDS);
        bobs.client()
                .muteMembers(group, List.of(), System.currentTimeMillis() + 600_000)
                .get(30, TimeUnit.SECONDS);
        var muted = RawHttp.of(stack.edge(1), carol).post("/v1/messages", """
                        {"clientMessageId":"m","to":{"conversation":"%s"},"body":{"kind":"text","text":"hi"}}""".formatted(group));
        var everybody = decision(bobs.client()
                .give(
                        Command.send(Recipient.conversation(group), MillraceClient.textBody("all!"), null, List.of()),
                        null));

        // Then
        assertThat(muted.status()).isEqualTo(403);
        assertThat(muted.code()).isEqualTo("muted");
        assertThat(everybody).isInstanceOf(Decision.Posted.class);

        // When
        phone.client().dissolve(group).get(30, TimeUnit.SECONDS);

        // Then
        awaitLast(bobs, e -> e.event() instanceof Event.Dissolved);
        assertThat(decision(bobs.client().send(Recipient.conversation(group), "still here?")))
                .isInstanceOfSatisfying(Decision.Rejected.class, rejected -> assertThat(rejected.code())
                        .isEqualTo("not_member"));
    }

    private List<Long> seqs(Device device) throws Exception {
        return device.client().history(conversation, null, 50).get(10, TimeUnit.SECONDS).messages().stream()
                .map(message -> message.seq())
                .toList();
    }

    private ConversationSummary summary(Device device) throws Exception {
        return device.client().conversations().get(10, TimeUnit.SECONDS).conversations().stream()
                .filter(each -> each.conversation().equals(conversation))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Signal.Receipt> receipts(Device device) {
        return device.signals.stream().filter(Signal.Receipt.class::isInstance).map(Signal.Receipt.class::cast);
    }

    private static void awaitLast(Device device, Predicate<Entry> which) {
        await("the last entry of " + device)
                .atMost(PATIENCE)
                .until(() -> !device.entries.isEmpty() && which.test(last(device)));
    }

    private static Entry last(Device device) {
        return device.entries.get(device.entries.size() - 1);
    }

    private static void posted(SendHandle handle) {
        Device.posted(decision(handle));
    }

    private static Decision decision(SendHandle handle) {
        return handle.decision().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
