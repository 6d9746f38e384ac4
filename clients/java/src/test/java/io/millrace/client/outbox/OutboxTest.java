package io.millrace.client.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.frame.Json;
import io.millrace.client.frame.Welcome;
import io.millrace.client.loop.ManualLoop;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutboxTest {
    private static final Welcome WELCOME =
            new Welcome("s-1", "alice", "phone", "e1", 0, 0, Long.MAX_VALUE, 30_000, 65_536, 12_288, 50);

    private final ManualLoop loop = new ManualLoop();
    private final List<ObjectNode> written = new ArrayList<>();
    private final CompletableFuture<Void> pulled = new CompletableFuture<>();
    private int keys;
    private final Outbox outbox = newOutbox(OutboxStore.NONE);

    @Test
    void shouldMakeTheKeyAtTheFirstTransmission() {
        // Given
        SendHandle handle = send("hi");
        assertThat(handle.clientMessageId()).isEmpty();

        // When
        outbox.onSession(WELCOME, written::add);

        // Then
        assertThat(handle.clientMessageId()).contains("k-1");
        assertThat(written).hasSize(1);
        assertThat(written.get(0).get("clientMessageId").textValue()).isEqualTo("k-1");
    }

    @Test
    void shouldReportAcceptedAndPosted() {
        // Given
        outbox.onSession(WELCOME, written::add);
        SendHandle handle = send("hi");

        // When
        outbox.onAccepted(answer("accepted", 0));
        boolean decidedEarly = handle.decision().isDone();
        outbox.onPosted(answer("posted", 0).put("conversation", "d:alice:bob").put("seq", 12));

        // Then
        assertThat(decidedEarly).isFalse();
        assertThat(handle.accepted()).isCompleted();
        assertThat(handle.decision().join())
                .isEqualTo(new Decision.Posted("d:alice:bob", 12L, null, null, 0, false, false, false));
        assertThat(outbox.size()).isZero();
    }

    @Test
    void shouldSendEverythingUndecidedAgainUnderTheSameKeyInOrderWhenTheSessionEnds() {
        // Given
        outbox.onSession(WELCOME, written::add);
        send("one");
        send("two");
        send("three");
        outbox.onAccepted(answer("accepted", 0));
        outbox.onPosted(answer("posted", 1).put("conversation", "d:alice:bob"));

        // When
        outbox.onSessionEnd();
        written.clear();
        outbox.onSession(WELCOME, written::add);

        // Then
        assertThat(written)
                .extracting(frame -> frame.get("clientMessageId").textValue())
                .containsExactly("k-1", "k-3");
    }

    @Test
    void shouldSayThatAMessageWaitsWhenItIsSentLater() {
        // Given
        outbox.onSession(WELCOME, written::add);
        var later = SendOptions.NONE.sentAt(9_000L).expiringAt(9_500L).mentioningAll();
        SendHandle answered = send("one", later);
        SendHandle seen = send("two", later);

        // When
        outbox.onPosted(answer("posted", 0)
                .put("conversation", "d:alice:bob")
                .put("version", 7)
                .put("scheduled", true));
        outbox.onEntry(entry("d:alice:bob", "k-2", new Event.Scheduled(null, null, List.of(), true, 9_000, 9_500L)));

        // Then
        assertThat(written.get(0).get("sendAt").longValue()).isEqualTo(9_000);
        assertThat(written.get(0).get("expiresAt").longValue()).isEqualTo(9_500);
        assertThat(written.get(0).get("mentionAll").booleanValue()).isTrue();
        assertThat(answered.decision().join())
                .isEqualTo(new Decision.Posted("d:alice:bob", null, 7L, null, 0, false, false, true));
        assertThat(seen.decision().join())
                .isInstanceOfSatisfying(Decision.Posted.class, posted -> assertThat(posted.scheduled())
                        .isTrue());
    }

    @Test
    void shouldTakeAMessageBackThatWaits() {
        // Given
        outbox.onSession(WELCOME, written::add);

        // When
        outbox.add(Command.unschedule("d:alice:bob", 7), null, new SendHandle());

        // Then
        assertThat(written.get(0).get("type").textValue()).isEqualTo("unschedule");
        assertThat(written.get(0).get("version").longValue()).isEqualTo(7);
    }

    @Test
    void shouldTakeTheOwnEntryForADecision() {
        // Given
        outbox.onSession(WELCOME, written::add);
        SendHandle handle = send("hi");

        // When
        outbox.onEntry(ownEntry("d:alice:carol", "k-1"));
        boolean decidedByAnother = handle.decision().isDone();
        outbox.onEntry(ownEntry("d:alice:bob", "k-1"));

        // Then
        assertThat(decidedByAnother).isFalse();
        assertThat(handle.decision().join()).isInstanceOf(Decision.Posted.class);
    }

    @Test
    void shouldKeepARejectionAndARefusalApart() {
        // Given
        outbox.onSession(WELCOME, written::add);
        SendHandle rejected = send("one");
        SendHandle refused = send("two");

        // When
        outbox.onRejected(answer("rejected", 0).put("code", "not_found").put("message", "no"));
        boolean known = outbox.onError(answer("error", 1).put("code", "too_large"));

        // Then
        assertThat(known).isTrue();
        assertThat(rejected.decision().join()).isEqualTo(new Decision.Rejected("not_found", "no", false));
        assertThat(refused.decision().join()).isEqualTo(new Decision.Refused("too_large", ""));
        assertThatThrownBy(() -> refused.accepted().join()).hasCauseInstanceOf(UndecidedException.class);
    }

    @Test
    void shouldWaitAndSendAgainWhenTheServerHasNoCapacity() {
        // Given
        outbox.onSession(WELCOME, written::add);
        SendHandle handle = send("hi");

        // When
        outbox.onError(answer("error", 0).put("code", "overloaded").put("retryAfterMs", 900));
        loop.pass(Duration.ofMillis(899));
        int before = written.size();
        loop.pass(Duration.ofMillis(1));

        // Then
        assertThat(before).isEqualTo(1);
        assertThat(written).hasSize(2);
        assertThat(key(1)).isEqualTo("k-1");
        assertThat(handle.decision()).isNotDone();
    }

    @Test
    void shouldSendAgainWhenNoAnswerComes() {
        // Given
        outbox.onSession(WELCOME, written::add);
        send("hi");

        // When
        loop.pass(Duration.ofSeconds(21));

        // Then
        assertThat(written).hasSize(2);
        assertThat(key(1)).isEqualTo("k-1");
    }

    @Test
    void shouldUseANewKeyWhenTheOldOneIsTooOldAndWasNeverPosted() {
        // Given
        outbox.onSession(WELCOME, written::add);
        SendHandle handle = send("hi");

        // When
        outbox.onRejected(answer("rejected", 0).put("code", "too_old"));
        loop.run();
        int whileLooking = written.size();
        pulled.complete(null);
        loop.run();

        // Then
        assertThat(whileLooking).isEqualTo(1);
        assertThat(key(1)).isEqualTo("k-2");
        assertThat(handle.clientMessageId()).contains("k-2");
    }

    @Test
    void shouldNotSendAgainWhenTheTooOldCommandTurnsUpInTheTimeline() {
        // Given
        outbox.onSession(WELCOME, written::add);
        SendHandle handle = send("hi");
        outbox.onRejected(answer("rejected", 0).put("code", "too_old"));

        // When
        outbox.onEntry(ownEntry("d:alice:bob", "k-1"));
        pulled.complete(null);
        loop.run();

        // Then
        assertThat(written).hasSize(1);
        assertThat(handle.decision().join()).isInstanceOf(Decision.Posted.class);
    }

    @Test
    void shouldLeaveTheCallersOwnKeyAlone() {
        // Given
        outbox.onSession(WELCOME, written::add);
        var handle = new SendHandle();
        outbox.add(text("hi"), "mine", handle);

        // When
        outbox.onRejected(answer("rejected", 0).put("code", "too_old"));

        // Then
        assertThat(handle.decision().join()).isEqualTo(new Decision.Rejected("too_old", "", false));
    }

    @Test
    void shouldKeepWithinTheServersRate() {
        // Given
        outbox.onSession(WELCOME, written::add);

        // When
        for (int i = 0; i < 200; i++) {
            send("hi");
        }
        int atOnce = written.size();
        loop.pass(Duration.ofSeconds(2));

        // Then
        assertThat(atOnce).isEqualTo(50);
        assertThat(written).hasSizeBetween(149, 150);
    }

    @Test
    void shouldFailWhatIsUndecidedWhenClosed() {
        // Given
        SendHandle handle = send("hi");

        // When
        outbox.close();

        // Then
        assertThatThrownBy(() -> handle.decision().join()).hasCauseInstanceOf(UndecidedException.class);
        assertThatThrownBy(() -> send("late").decision().join()).hasCauseInstanceOf(UndecidedException.class);
    }

    @Test
    void shouldSendUnderTheSameKeyAfterARestartWhenTheOutboxIsStored(@TempDir Path directory) {
        // Given
        Outbox first = newOutbox(new FileOutboxStore(directory));
        first.onSession(WELCOME, written::add);
        first.add(text("one"), null, new SendHandle());
        first.add(text("two"), null, new SendHandle());
        first.onPosted(answer("posted", 0).put("conversation", "d:alice:bob"));

        // When
        Outbox second = newOutbox(new FileOutboxStore(directory));
        written.clear();
        second.onSession(WELCOME, written::add);

        // Then
        assertThat(written).hasSize(1);
        assertThat(key(0)).isEqualTo("k-2");
        assertThat(written.get(0).get("body").get("text").textValue()).isEqualTo("two");
        assertThat(written.get(0).get("to").get("user").textValue()).isEqualTo("bob");
    }

    @Test
    void shouldRefuseByItselfWhatWouldEndTheSession() {
        // Given
        SendHandle early = send("字".repeat(5_000));

        // When
        outbox.onSession(WELCOME, written::add);
        SendHandle late = send("x".repeat(12_288));

        // Then
        assertThat(written).isEmpty();
        assertThat(early.decision().join()).isInstanceOf(Decision.Refused.class);
        assertThat(late.decision().join()).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void shouldNotTellWhatSomebodyWroteWhenPrinted() {
        assertThat(text("secret").toString()).doesNotContain("secret");
    }

    private Outbox newOutbox(OutboxStore store) {
        return new Outbox(loop, store, () -> "k-" + ++keys, () -> pulled, Duration.ofSeconds(20));
    }

    private SendHandle send(String text, SendOptions options) {
        var handle = new SendHandle();
        var body = Json.object().put("kind", "text").put("text", text);
        outbox.add(Command.send(Recipient.user("bob"), body, options), null, handle);
        return handle;
    }

    private SendHandle send(String text) {
        var handle = new SendHandle();
        outbox.add(text(text), null, handle);
        return handle;
    }

    private static Command text(String text) {
        return Command.send(
                Recipient.user("bob"), Json.object().put("kind", "text").put("text", text), null, List.of());
    }

    private ObjectNode answer(String type, int frame) {
        return Json.object()
                .put("type", type)
                .put("ref", written.get(frame).get("ref").longValue())
                .put("clientMessageId", key(frame));
    }

    private @Nullable String key(int frame) {
        return written.get(frame).get("clientMessageId").textValue();
    }

    private static Entry ownEntry(String conversation, String key) {
        var message = new Event.Message(
                3, "m", "alice", null, false, null, List.of(), false, false, false, true, null, false, null);
        return entry(conversation, key, message);
    }

    private static Entry entry(String conversation, String key, Event event) {
        return new Entry(9, conversation, 4L, 5, event, key, "phone", null, false);
    }
}
