package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.client.MillraceClient;
import io.millrace.client.http.HistoryPage;
import io.millrace.client.http.HistoryPage.StoredMessage;
import io.millrace.client.outbox.Recipient;
import io.millrace.client.timeline.ConversationSummary;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.Snapshot;
import io.millrace.localstack.SharedStack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two people, three devices, two edges. */
@Timeout(180)
final class ChatIT {
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
        bobs = Device.of(stack.edge(1), bob, "phone").connect();
    }

    @Test
    void shouldShowEachMessageOnceAndInTheSameOrderOnEveryDevice() {
        // Given
        int each = 20;

        // When
        var sent = new ArrayList<String>();
        for (int i = 0; i < each; i++) {
            phone.client().send(Recipient.user(bob), "phone " + i);
            laptop.client().send(Recipient.user(bob), "laptop " + i);
            bobs.client().send(Recipient.user(alice), "bob " + i);
            sent.addAll(List.of("phone " + i, "laptop " + i, "bob " + i));
        }

        // Then
        await().atMost(Device.PATIENCE)
                .untilAsserted(() -> assertThat(phone.texts(conversation)).containsExactlyInAnyOrderElementsOf(sent));
        List<String> order = phone.texts(conversation);
        await().atMost(Device.PATIENCE).untilAsserted(() -> {
            assertThat(laptop.texts(conversation)).isEqualTo(order);
            assertThat(bobs.texts(conversation)).isEqualTo(order);
        });
        assertThat(order)
                .filteredOn(text -> text.startsWith("phone"))
                .isEqualTo(
                        sent.stream().filter(text -> text.startsWith("phone")).toList());
        for (Device device : List.of(phone, laptop, bobs)) {
            assertThat(device.positions())
                    .as("%s", device)
                    .isEqualTo(LongStream.rangeClosed(1, device.entries.size())
                            .boxed()
                            .toList());
        }
    }

    @Test
    void shouldPullExactlyWhatItMissedWhenADeviceWasAway() {
        // Given
        phone.send(Recipient.user(bob), "before");
        await().atMost(Device.PATIENCE).until(() -> laptop.texts(conversation).equals(List.of("before")));
        laptop.goAway();

        // When
        for (int i = 0; i < 5; i++) {
            bobs.send(Recipient.user(alice), "missed " + i);
        }
        await().atMost(Device.PATIENCE).until(() -> phone.texts(conversation).size() == 6);
        laptop.comeBack();

        // Then
        await().atMost(Device.PATIENCE).untilAsserted(() -> assertThat(laptop.texts(conversation))
                .containsExactly("before", "missed 0", "missed 1", "missed 2", "missed 3", "missed 4"));
        assertThat(laptop.entries).extracting(Entry::position).isEqualTo(phone.positions());
        assertThat(laptop.snapshots).isEmpty();
    }

    @Test
    void shouldShowHistoryAndUnreadOnANewDevice() {
        // Given
        for (int i = 1; i <= 5; i++) {
            bobs.send(Recipient.user(alice), "message " + i);
        }
        await().atMost(Device.PATIENCE).until(() -> phone.texts(conversation).size() == 5);
        Device.posted(phone.client()
                .read(conversation, 2)
                .decision()
                .orTimeout(30, TimeUnit.SECONDS)
                .join());

        // When
        try (var tablet = Device.of(stack.edge(0), alice, "tablet").connect()) {
            await().atMost(Device.PATIENCE)
                    .until(() -> tablet.texts(conversation).size() == 5);

            // Then
            await().atMost(Device.PATIENCE).untilAsserted(() -> {
                Snapshot snapshot = tablet.client()
                        .conversations()
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join();
                assertThat(snapshot.conversations()).hasSize(1);
                ConversationSummary summary = snapshot.conversations().get(0);
                assertThat(summary.conversation()).isEqualTo(conversation);
                assertThat(summary.lastSeq()).isEqualTo(5);
                assertThat(summary.readSeq()).isEqualTo(2);
                assertThat(summary.unread()).isEqualTo(3);
                assertThat(snapshot.totalUnread()).isEqualTo(3);
            });
            HistoryPage last = tablet.client()
                    .history(conversation, null, 2)
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            assertThat(seqs(last)).containsExactly(4L, 5L);
            assertThat(last.more()).isTrue();
            HistoryPage before = tablet.client()
                    .history(conversation, 4L, 50)
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            assertThat(seqs(before)).containsExactly(1L, 2L, 3L);
            assertThat(before.more()).isFalse();
        }
    }

    @Test
    void shouldShowAMessageAsItStandsAfterEditAndRecall() {
        // Given
        long edited = seq(phone.send(Recipient.user(bob), "draft").seq());
        long recalled = seq(phone.send(Recipient.user(bob), "oops").seq());

        // When
        Device.posted(phone.client()
                .edit(conversation, edited, MillraceClient.textBody("final"))
                .decision()
                .orTimeout(30, TimeUnit.SECONDS)
                .join());
        Device.posted(phone.client()
                .recall(conversation, recalled)
                .decision()
                .orTimeout(30, TimeUnit.SECONDS)
                .join());

        // Then
        await().atMost(Device.PATIENCE).until(() -> bobs.entries.size() == 4);
        await().atMost(Device.PATIENCE).untilAsserted(() -> {
            HistoryPage page = bobs.client()
                    .history(conversation, null, 10)
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            assertThat(page.messages()).hasSize(2);
            StoredMessage first = bySeq(page, edited);
            assertThat(first.body()).isNotNull();
            assertThat(first.body().path("text").asText()).isEqualTo("final");
            assertThat(bySeq(page, recalled).recalled()).isTrue();
            assertThat(bySeq(page, recalled).body()).isNull();
        });
    }

    private static long seq(Long seq) {
        assertThat(seq).isNotNull();
        return seq;
    }

    private static List<Long> seqs(HistoryPage page) {
        return page.messages().stream()
                .map(StoredMessage::seq)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private static StoredMessage bySeq(HistoryPage page, long seq) {
        return page.messages().stream()
                .filter(message -> message.seq() == seq)
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void disconnectEverybody() {
        List.of(phone, laptop, bobs).forEach(Device::close);
    }
}
