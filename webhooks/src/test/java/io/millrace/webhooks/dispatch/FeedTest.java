package io.millrace.webhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.WebhookDeadLetter;
import io.millrace.schemas.record.WebhookDeadLetterCause;
import io.millrace.schemas.record.WebhookPauseCause;
import io.millrace.schemas.record.WebhookState;
import io.millrace.webhooks.Events;
import io.millrace.webhooks.Receiver;
import io.millrace.webhooks.Subscribers;
import io.millrace.webhooks.delivery.HttpCourier;
import io.millrace.webhooks.state.Pauses;
import io.millrace.webhooks.subscriber.SubscriberSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From Kafka's own in-memory consumer to a real HTTP server on loopback. */
@Timeout(120)
class FeedTest {
    private static final RetrySettings SOON = new RetrySettings(Duration.ofMillis(20), Duration.ofMillis(100));
    private static final Duration LONG = Duration.ofHours(1);

    private final PlayedLog log = new PlayedLog(2);
    private final List<WebhookDeadLetter> deadLetters = new CopyOnWriteArrayList<>();
    private final KeptPauses pauses = new KeptPauses();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<Feed> feeds = new ArrayList<>();
    private Receiver receiver;

    /** A topic of one process. */
    private static final class KeptPauses implements Pauses {
        private final Map<String, WebhookState> states = new ConcurrentHashMap<>();
        private final Set<String> begun = ConcurrentHashMap.newKeySet();

        @Override
        public Optional<WebhookState> pauseOf(String subscriber) {
            return Optional.ofNullable(states.get(subscriber)).filter(WebhookState::getPaused);
        }

        @Override
        public void set(String subscriber, boolean paused, WebhookPauseCause cause) {
            states.put(subscriber, new WebhookState(paused, cause, Events.AT));
        }

        @Override
        public boolean hasBegun(String subscriber) {
            return begun.contains(subscriber);
        }

        @Override
        public void begin(String subscriber) {
            begun.add(subscriber);
        }
    }

    @BeforeEach
    void open() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void close() throws Exception {
        gate.countDown();
        for (var feed : feeds) {
            feed.close();
        }
        receiver.close();
    }

    @Test
    void shouldSendEveryEventInTheOrderOfItsConversationAndCommitBehindIt() {
        // Given
        for (int version = 1; version <= 50; version++) {
            log.add(0, Events.message("g:a", version, "x"));
            log.add(0, Events.message("g:b", version, "x"));
            log.add(1, Events.message("g:c", version, "x"));
        }

        // When
        start(LONG, 8);

        // Then
        soon().untilAsserted(() -> {
            assertThat(log.committed(0)).isEqualTo(100);
            assertThat(log.committed(1)).isEqualTo(50);
        });
        for (var conversation : List.of("g:a", "g:b", "g:c")) {
            assertThat(idsOf(conversation)).isEqualTo(versions(conversation, 1, 50));
        }
    }

    @Test
    void shouldSendNoLaterEventOfAConversationBeforeAnEarlierOneIsTaken() {
        // Given
        receiver.answer((request, time, exchange) ->
                Receiver.status(exchange, request.id().equals("g:a/1") && time < 4 ? 500 : 200));
        log.add(0, Events.message("g:a", 1, "x"));
        log.add(0, Events.message("g:a", 2, "x"));

        // When
        start(LONG, 8);

        // Then
        soon().untilAsserted(() -> assertThat(log.committed(0)).isEqualTo(2));
        assertThat(receiver.ids()).containsExactly("g:a/1", "g:a/1", "g:a/1", "g:a/1", "g:a/2");
        assertThat(receiver.requests().stream().map(r -> r.headers().getFirst("Millrace-Attempt")))
                .containsExactly("1", "2", "3", "4", "1");
    }

    @Test
    void shouldGoOnWithOtherConversationsWhileOneIsNotTaken() {
        // Given
        receiver.answer((request, time, exchange) ->
                Receiver.status(exchange, request.id().startsWith("g:a/") && gate.getCount() > 0 ? 503 : 200));
        log.add(0, Events.message("g:a", 1, "x"));
        log.add(0, Events.message("g:b", 1, "x"));
        log.add(1, Events.message("g:c", 1, "x"));

        // When
        start(LONG, 1);

        // Then
        soon().untilAsserted(() -> {
            assertThat(receiver.ids()).contains("g:b/1", "g:c/1");
            assertThat(log.committed(1)).isEqualTo(1);
        });
        assertThat(log.committed(0)).as("its first event is not taken").isZero();
        gate.countDown();
        soon().untilAsserted(() -> assertThat(log.committed(0)).isEqualTo(2));
    }

    @Test
    void shouldHaveNoMoreUnderWayThanAllowed() {
        // Given
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        receiver.answer((request, time, exchange) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            gate.await();
            now.decrementAndGet();
            Receiver.status(exchange, 200);
        });
        for (int i = 0; i < 10; i++) {
            log.add(0, Events.message("g:" + i, 1, "x"));
        }

        // When
        start(LONG, 3);
        soon().untilAsserted(() -> assertThat(receiver.requests()).hasSize(3));
        gate.countDown();

        // Then
        soon().untilAsserted(() -> assertThat(log.committed(0)).isEqualTo(10));
        assertThat(most.get()).isEqualTo(3);
    }

    @Test
    void shouldNotReadOnWhileTooMuchOfAPartitionWaits() {
        // Given
        receiver.answer((request, time, exchange) ->
                Receiver.status(exchange, request.id().equals("g:a/1") && gate.getCount() > 0 ? 503 : 200));
        log.add(0, Events.message("g:a", 1, "x"));
        for (int version = 1; version <= Feed.AHEAD + 200; version++) {
            log.add(0, Events.message("g:b", version, "x"));
        }

        // When
        var feed = start(LONG, 8);

        // Then
        soon().untilAsserted(() -> assertThat(log.member().paused()).hasSize(1));
        assertThat(feed.isAlive()).isTrue();
        assertThat(log.member().position(new TopicPartition("conversation-events", 0)))
                .isBetween(Feed.AHEAD - 2L * Feed.POLL_RECORDS, (long) Feed.AHEAD);
        gate.countDown();
        soon().untilAsserted(() -> assertThat(log.committed(0)).isEqualTo(Feed.AHEAD + 201));
        assertThat(idsOf("g:b")).isEqualTo(versions("g:b", 1, Feed.AHEAD + 200));
    }

    @Test
    void shouldDeadLetterARefusedEventAtOnceAndGoOn() {
        // Given
        receiver.answer((request, time, exchange) ->
                Receiver.status(exchange, request.id().equals("g:a/1") ? 422 : 200));
        log.add(0, Events.message("g:a", 1, "canary"));
        log.add(0, Events.message("g:a", 2, "x"));

        // When
        start(LONG, 8);

        // Then
        soon().untilAsserted(() -> assertThat(log.committed(0)).isEqualTo(2));
        assertThat(receiver.ids()).containsExactly("g:a/1", "g:a/2");
        assertThat(deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.getCause()).isEqualTo(WebhookDeadLetterCause.REFUSED);
            assertThat(letter.getStatus()).isEqualTo(422);
            assertThat(letter.getSubscriber()).isEqualTo("billing");
            assertThat(letter.getConversation()).isEqualTo("g:a");
            assertThat(letter.getVersion()).isEqualTo(1);
            assertThat(letter.getOffset()).isZero();
            assertThat(letter.getAttempts()).isEqualTo(1);
            assertThat(letter.getFirstAttemptAt()).isNotNull();
            assertThat(letter.toString())
                    .doesNotContain("canary")
                    .doesNotContain(Subscribers.SECRET)
                    .doesNotContain("127.0.0.1");
        });
    }

    @Test
    void shouldDeadLetterAnEventThatIsNotTakenInTimeAndGoOn() {
        // Given
        receiver.answer((request, time, exchange) ->
                Receiver.status(exchange, request.id().equals("g:a/1") ? 500 : 200));
        log.add(0, Events.message("g:a", 1, "x"));
        log.add(0, Events.message("g:a", 2, "x"));

        // When
        start(Duration.ofSeconds(1), 8);

        // Then
        soon().untilAsserted(() -> assertThat(log.committed(0)).isEqualTo(2));
        assertThat(receiver.ids()).last().isEqualTo("g:a/2");
        assertThat(deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.getCause()).isEqualTo(WebhookDeadLetterCause.TOO_OLD);
            assertThat(letter.getAttempts()).isGreaterThan(2);
        });
    }

    @Test
    void shouldCountTheAgeOfAnEventFromItsFirstAttemptInAFormerLife() throws Exception {
        // Given
        receiver.answer((request, time, exchange) -> Receiver.status(exchange, 500));
        log.add(0, Events.message("g:a", 1, "x"));
        var first = start(Duration.ofSeconds(2), 8);
        soon().until(() -> receiver.requests().size() >= 2);
        first.close();
        var ended = Instant.now();

        // When
        start(Duration.ofSeconds(2), 8);

        // Then
        soon().untilAsserted(() -> assertThat(log.committed(0)).isEqualTo(1));
        assertThat(deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.getCause()).isEqualTo(WebhookDeadLetterCause.TOO_OLD);
            assertThat(letter.getFirstAttemptAt()).isBefore(ended);
        });
    }

    @Test
    void shouldKeepAnEventWhoseDeadLetterCannotBeWritten() {
        // Given
        receiver.answer((request, time, exchange) -> Receiver.status(exchange, 400));
        log.add(0, Events.message("g:a", 1, "x"));
        var failing = new AtomicInteger(2);

        // When
        start(
                subscriber(LONG, 8),
                letter -> failing.getAndDecrement() > 0
                        ? CompletableFuture.failedFuture(new IllegalStateException("no broker"))
                        : keep(letter));

        // Then
        soon().untilAsserted(() -> assertThat(log.committed(0)).isEqualTo(1));
        assertThat(deadLetters).hasSize(1);
        assertThat(receiver.ids()).hasSize(3);
    }

    @Test
    void shouldDeadLetterWhatIsNoEvent() {
        // Given
        log.add(0, "g:a", new byte[] {1, 2, 3});
        log.add(0, Events.message("g:a", 2, "x"));

        // When
        start(LONG, 8);

        // Then
        soon().untilAsserted(() -> assertThat(log.committed(0)).isEqualTo(2));
        assertThat(receiver.ids()).containsExactly("g:a/2");
        assertThat(deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.getCause()).isEqualTo(WebhookDeadLetterCause.UNREADABLE);
            assertThat(letter.getVersion()).isNull();
            assertThat(letter.getAttempts()).isZero();
        });
    }

    @Test
    void shouldPassWhatTheSubscriberDoesNotWant() {
        // Given
        log.add(0, Events.of("g:a", 1, EventKind.MEMBERS).build());
        log.add(0, Events.message("d:alice:bob", 1, "x"));
        log.add(0, Events.message("g:a", 2, "x"));
        log.add(0, Events.of("g:a", 3, EventKind.LINK).build());

        // When
        var groups = new SubscriberSettings(
                "billing",
                receiver.url(),
                subscriber(LONG, 8).secret(),
                null,
                null,
                "g:",
                "beginning",
                null,
                0,
                null,
                true);
        start(groups, this::keep);

        // Then
        soon().untilAsserted(() -> assertThat(log.committed(0)).isEqualTo(4));
        assertThat(receiver.ids()).containsExactly("g:a/1", "g:a/2");
    }

    @Test
    void shouldPauseASubscriberThatIsGoneAndGoOnWithTheSameEventWhenResumed() {
        // Given
        receiver.answer((request, time, exchange) -> Receiver.status(exchange, gate.getCount() > 0 ? 410 : 200));
        log.add(0, Events.message("g:a", 1, "x"));
        log.add(0, Events.message("g:b", 1, "x"));
        start(LONG, 1);
        soon().until(() -> pauses.pauseOf("billing").isPresent());
        soon().until(() -> log.member().closed());
        assertThat(pauses.pauseOf("billing").orElseThrow().getCause()).isEqualTo(WebhookPauseCause.GONE);
        assertThat(receiver.requests()).hasSize(1);

        // When
        gate.countDown();
        pauses.set("billing", false, WebhookPauseCause.OPERATOR);

        // Then
        soon().untilAsserted(() -> assertThat(log.committed(0)).isEqualTo(2));
        assertThat(receiver.ids()).containsExactly("g:a/1", "g:a/1", "g:b/1");
        assertThat(deadLetters).isEmpty();
    }

    @Test
    void shouldLeaveItsGroupWhilePausedAndMissNothing() {
        // Given
        log.add(0, Events.message("g:a", 1, "x"));
        var feed = start(LONG, 8);
        soon().untilAsserted(() -> assertThat(log.committed(0)).isEqualTo(1));

        // When
        pauses.set("billing", true, WebhookPauseCause.OPERATOR);
        soon().until(() -> log.member().closed());
        log.add(0, Events.message("g:a", 2, "x"));

        // Then
        assertThat(feed.isSettled()).isTrue();
        assertThat(receiver.ids()).containsExactly("g:a/1");
        pauses.set("billing", false, WebhookPauseCause.OPERATOR);
        soon().untilAsserted(() -> assertThat(receiver.ids()).containsExactly("g:a/1", "g:a/2"));
    }

    @Test
    void shouldLeaveTheSubscriberAloneAsLongAsItAsks() {
        // Given
        receiver.answer((request, time, exchange) -> {
            if (request.id().equals("g:a/1") && time == 1) {
                exchange.getResponseHeaders().add("Retry-After", "1");
                Receiver.status(exchange, 429);
            } else {
                Receiver.status(exchange, 200);
            }
        });
        log.add(0, Events.message("g:a", 1, "x"));
        log.add(0, Events.message("g:b", 1, "x"));

        // When
        long began = System.nanoTime();
        start(LONG, 1);

        // Then: the other conversation, which asked for nothing, waits too
        soon().untilAsserted(() -> assertThat(log.committed(0)).isEqualTo(2));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(receiver.ids()).containsExactlyInAnyOrder("g:a/1", "g:a/1", "g:b/1");
    }

    @Test
    void shouldSendAgainWhatWasUnderWayWhenItEnded() throws Exception {
        // Given: the answer to the first event never comes while the first feed lives, the other conversation's does
        var silent = new AtomicBoolean(true);
        receiver.answer((request, time, exchange) -> {
            if (request.id().equals("g:a/1") && silent.get()) {
                gate.await();
            }
            Receiver.status(exchange, 200);
        });
        log.add(0, Events.message("g:a", 1, "x"));
        log.add(0, Events.message("g:b", 1, "x"));
        var first = start(Subscribers.at(receiver.url(), Duration.ofSeconds(2), 8, LONG), this::keep);
        soon().untilAsserted(() -> assertThat(receiver.ids()).contains("g:a/1", "g:b/1"));

        // When
        first.close();
        int before = receiver.requests().size();
        silent.set(false);

        // Then
        assertThat(log.committed(0)).isZero();
        start(LONG, 8);
        soon().untilAsserted(() -> assertThat(log.committed(0)).isEqualTo(2));
        assertThat(receiver.ids().subList(before, receiver.ids().size())).containsExactlyInAnyOrder("g:a/1", "g:b/1");
    }

    @Test
    void shouldBeginAtTheEndAndRememberThatBeforeAnythingIsSent() throws Exception {
        // Given
        log.add(0, Events.message("g:a", 1, "x"));
        var fromNow = new SubscriberSettings(
                "billing", receiver.url(), subscriber(LONG, 8).secret(), null, null, "", "now", null, 0, null, true);

        // When
        start(fromNow, this::keep).close();

        // Then
        assertThat(log.committed(0)).isEqualTo(1);
        log.add(0, Events.message("g:a", 2, "x"));
        start(fromNow, this::keep);
        soon().untilAsserted(() -> assertThat(receiver.ids()).containsExactly("g:a/2"));
    }

    @Test
    void shouldPauseRatherThanBeginAgainWhenItsGroupHasLostItsOffsets() throws Exception {
        // Given
        log.add(0, Events.message("g:a", 1, "x"));
        start(LONG, 8).close();
        log.add(0, Events.message("g:a", 2, "x"));
        log.forget();
        int before = receiver.requests().size();

        // When
        start(LONG, 8);

        // Then
        soon().until(() -> pauses.pauseOf("billing").isPresent());
        assertThat(pauses.pauseOf("billing").orElseThrow().getCause()).isEqualTo(WebhookPauseCause.OFFSETS_LOST);
        assertThat(receiver.requests()).hasSize(before);
        soon().until(() -> log.member().closed());
        log.moveTo(1);
        pauses.set("billing", false, WebhookPauseCause.OPERATOR);
        soon().untilAsserted(() -> assertThat(log.committed(0)).isEqualTo(2));
        assertThat(receiver.ids().subList(before, receiver.ids().size())).containsExactly("g:a/2");
    }

    @Test
    void shouldMeasureWhatBecameOfAttempts() {
        // Given
        receiver.answer((request, time, exchange) -> Receiver.status(exchange, time == 1 ? 500 : 200));
        log.add(0, Events.message("g:a", 1, "x"));

        // When
        start(LONG, 8);

        // Then
        soon().untilAsserted(() -> assertThat(log.committed(0)).isEqualTo(1));
        assertThat(metrics.get("millrace.webhooks.attempts")
                        .tag("outcome", "try_again")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(metrics.get("millrace.webhooks.attempts")
                        .tag("outcome", "delivered")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(metrics.get("millrace.webhooks.waiting.age").gauge().value()).isZero();
    }

    /** The machine may be busy. */
    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    private Feed start(Duration maxAge, int inFlight) {
        return start(subscriber(maxAge, inFlight), this::keep);
    }

    private SubscriberSettings subscriber(Duration maxAge, int inFlight) {
        return Subscribers.at(receiver.url(), Duration.ofSeconds(20), inFlight, maxAge);
    }

    private Feed start(SubscriberSettings subscriber, DeadLetters letters) {
        var feed = new Feed(
                subscriber,
                log::join,
                Events.deserializer(),
                new HttpCourier(subscriber, (key, body) -> Optional.empty(), Clock.systemUTC()),
                SOON,
                letters,
                pauses,
                metrics,
                Clock.systemUTC());
        feeds.add(feed);
        feed.start();
        soon().until(feed::isSettled);
        return feed;
    }

    private CompletableFuture<Void> keep(WebhookDeadLetter letter) {
        deadLetters.add(letter);
        return CompletableFuture.completedFuture(null);
    }

    private List<String> idsOf(String conversation) {
        return receiver.ids().stream()
                .filter(id -> id.startsWith(conversation + "/"))
                .toList();
    }

    private static List<String> versions(String conversation, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(version -> conversation + "/" + version)
                .toList();
    }
}
