package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.StackOptions.Tier;
import io.millrace.localstack.services.WebhookSettings;
import io.millrace.schemas.record.WebhookDeadLetterCause;
import io.millrace.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events of a real log come to real servers that check the signature and fail at times: one of ours, and the one that the
 * page gives to be copied. The dispatcher is killed meanwhile.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class WebhooksIT {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CONVERSATIONS = 6;
    private static final int MESSAGES = 48;
    private static final int KILLS = 3;
    private static final long SEED = 19;

    @TempDir
    private static Path data;

    private static WebhookReceiver receiver;
    private static PageReceiver page;
    private static LocalStack stack;

    @BeforeAll
    static void start() throws Exception {
        var secret = Files.writeString(data.resolve("secret"), SECRET + "\n");
        var options = StackOptions.at(data.resolve("stack"))
                .withTiers(Set.of(Tier.KAFKA, Tier.REGISTRY, Tier.ROUTER, Tier.EDGE, Tier.WEBHOOKS));
        receiver = new WebhookReceiver(SECRET);
        page = new PageReceiver(data, secret, options.ports().spare(0));
        stack = new LocalStack(options.withWebhooks(new WebhookSettings(Map.of(
                "subscribers",
                List.of(subscriber("own", receiver.url(), secret), subscriber("page", page.url(), secret)),
                "retry",
                Map.of("first", "50ms", "longest", "500ms")))));
        stack.start();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        stack.close();
        receiver.close();
        page.close();
    }

    private static Map<String, Object> subscriber(String name, String url, Path secret) {
        return Map.of("name", name, "url", url, "secret", "file:" + secret, "timeout", "2s", "privateAddresses", true);
    }

    @BeforeEach
    void takeEverything() {
        receiver.answer(event -> 204);
    }

    @Test
    void shouldMissNothingAndKeepTheOrderWhenTheReceiverFailsAndTheDispatcherIsKilled() throws Exception {
        // Given
        var random = new Random(SEED);
        receiver.answer(event -> failing(random));
        var conversations = IntStream.range(0, CONVERSATIONS)
                .mapToObj(i -> new Talk(Names.user("from"), Names.user("to")))
                .toList();
        int before = receiver.requests();

        // When
        for (int from = 0; from < MESSAGES; from += MESSAGES / (KILLS + 1)) {
            int until = from + MESSAGES / (KILLS + 1);
            if (until < MESSAGES) {
                writeWhileTheDispatcherIsKilled(conversations, from, until, random);
            } else {
                inParallel(conversations, from, until);
            }
        }

        // Then
        var logged = LoggedEvents.ids(
                stack, conversations.stream().map(Talk::conversation).toList());
        assertThat(logged).hasSizeGreaterThanOrEqualTo(CONVERSATIONS * MESSAGES);
        await("nothing is missing").atMost(PATIENCE).untilAsserted(() -> assertThat(receiver.taken())
                .containsAll(logged));
        await("nothing is missing to the page's receiver").atMost(PATIENCE).untilAsserted(() -> assertThat(page.ids())
                .containsAll(logged));
        for (var talk : conversations) {
            assertThat(receiver.order(talk.conversation())).isEqualTo(versions(logged, talk.conversation()));
            assertThat(versions(page.ids(), talk.conversation())).isEqualTo(versions(logged, talk.conversation()));
        }
        assertThat(receiver.wrong()).isEmpty();
        assertThat(receiver.refusals()).isPositive();
        assertThat(page.isAlive()).isTrue();
        awaitLag("own", 0);
        System.out.printf(
                "webhooks: %d events, %d requests to the failing receiver, %d of them refused%n",
                logged.size(), receiver.requests() - before, receiver.refusals());
    }

    @Test
    void shouldHoldBackWhilePausedAndSendAgainFromATime() throws Exception {
        // Given
        var talk = new Talk(Names.user("from"), Names.user("to"));
        var begun = Instant.now().minusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
        talk.send(0, 3);
        await("it has come")
                .atMost(PATIENCE)
                .until(() -> receiver.order(talk.conversation()).size() >= 3);
        assertThat(admin("POST", "own/replay?time=" + begun).statusCode())
                .as("it is not paused")
                .isEqualTo(409);

        // When
        assertThat(admin("POST", "own/pause").statusCode()).isEqualTo(200);
        await("nobody is in the group")
                .atMost(PATIENCE)
                .until(() -> admin("POST", "own/replay?time=" + begun).statusCode() == 200);
        int paused = receiver.requests();
        stack.part("webhooks").kill();
        stack.part("webhooks").start();
        talk.send(3, 4);
        await("the other subscriber goes on").atMost(PATIENCE).until(() -> page.ids()
                .containsAll(LoggedEvents.ids(stack, List.of(talk.conversation()))));

        // Then
        assertThat(status("own").path("state").asText()).isEqualTo("paused");
        assertThat(status("own").path("cause").asText()).isEqualTo("operator");
        assertThat(receiver.requests()).as("a pause outlives a crash").isEqualTo(paused);
        receiver.forget();
        assertThat(admin("POST", "own/resume").statusCode()).isEqualTo(200);
        var logged = LoggedEvents.ids(stack, List.of(talk.conversation()));
        await("all of it comes again").atMost(PATIENCE).untilAsserted(() -> assertThat(
                        receiver.order(talk.conversation()))
                .isEqualTo(versions(logged, talk.conversation())));
        awaitLag("own", 0);
    }

    @Test
    void shouldPauseRatherThanPassEventsWhenKafkaHasForgottenTheGroup() throws Exception {
        // Given
        var talk = new Talk(Names.user("from"), Names.user("to"));
        var begun = Instant.now().minusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
        talk.send(0, 2);
        await("it has come")
                .atMost(PATIENCE)
                .until(() -> receiver.order(talk.conversation()).size() >= 2);
        assertThat(admin("POST", "own/pause").statusCode()).isEqualTo(200);
        talk.send(2, 4);

        // When
        try (var kafka = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            await("nobody is in the group, and it is forgotten")
                    .atMost(PATIENCE)
                    .ignoreExceptionsMatching(e -> e.getCause() instanceof GroupNotEmptyException)
                    .until(() -> {
                        kafka.deleteConsumerGroups(List.of("webhooks-own"))
                                .all()
                                .get(60, TimeUnit.SECONDS);
                        return true;
                    });
        }
        assertThat(admin("POST", "own/resume").statusCode()).isEqualTo(200);

        // Then
        await("it is paused")
                .atMost(PATIENCE)
                .until(() -> status("own").path("cause").asText().equals("offsets_lost"));
        awaitLag("own", -1);
        assertThat(admin("POST", "own/replay?partition=0&offset=0").statusCode())
                .as("the other partitions would be passed")
                .isEqualTo(400);
        await("it is put where it has been")
                .atMost(PATIENCE)
                .until(() -> admin("POST", "own/replay?time=" + begun).statusCode() == 200);
        assertThat(admin("POST", "own/resume").statusCode()).isEqualTo(200);
        var logged = LoggedEvents.ids(stack, List.of(talk.conversation()));
        await("nothing is missing").atMost(PATIENCE).untilAsserted(() -> assertThat(receiver.order(talk.conversation()))
                .isEqualTo(versions(logged, talk.conversation())));
        awaitLag("own", 0);
    }

    @Test
    void shouldGoOnBehindAnEventThatIsRefusedAndNameIt() throws Exception {
        // Given
        var talk = new Talk(Names.user("from"), Names.user("to"));
        receiver.answer(event -> isFrom(event, talk) && text(event).equals("message 1") ? 422 : 204);

        // When
        talk.send(0, 3);

        // Then
        var logged = LoggedEvents.ids(stack, List.of(talk.conversation()));
        var expected = new ArrayList<>(logged);
        await("the others have come")
                .atMost(PATIENCE)
                .until(() -> receiver.order(talk.conversation()).size() == logged.size() - 1);
        expected.removeAll(receiver.taken());
        assertThat(expected).hasSize(1);
        await("the letter is there").atMost(PATIENCE).untilAsserted(() -> assertThat(
                        LoggedEvents.records(stack, TopicCatalogue.WEBHOOK_DEAD_LETTERS))
                .filteredOn(letter -> letter.key().equals(talk.conversation()))
                .singleElement()
                .satisfies(record -> {
                    var letter = record.value();
                    assertThat(letter.getSubscriber()).isEqualTo("own");
                    assertThat(letter.getConversation() + "/" + letter.getVersion())
                            .isEqualTo(expected.get(0));
                    assertThat(letter.getCause()).isEqualTo(WebhookDeadLetterCause.REFUSED);
                    assertThat(letter.getStatus()).isEqualTo(422);
                    assertThat(letter.toString()).doesNotContain("message 1").doesNotContain(SECRET);
                }));
        assertThat(admin("GET", "own").body()).contains("answered 422").doesNotContain("/millrace");
    }

    @Test
    void shouldPauseASubscriberThatIsGoneUntilItIsResumed() throws Exception {
        // Given
        var talk = new Talk(Names.user("from"), Names.user("to"));
        receiver.answer(event -> 410);

        // When
        talk.send(0, 2);
        await("it is paused")
                .atMost(PATIENCE)
                .until(() -> status("own").path("state").asText().equals("paused"));

        // Then
        assertThat(status("own").path("cause").asText()).isEqualTo("gone");
        receiver.answer(event -> 204);
        assertThat(admin("POST", "own/resume").statusCode()).isEqualTo(200);
        var logged = LoggedEvents.ids(stack, List.of(talk.conversation()));
        await("nothing is missing").atMost(PATIENCE).untilAsserted(() -> assertThat(receiver.order(talk.conversation()))
                .isEqualTo(versions(logged, talk.conversation())));
    }

    @Test
    void shouldSendWhatAnErasedUserWroteAsUnreadableWhenItIsSentAgain() throws Exception {
        // Given
        var talk = new Talk(Names.user("from"), Names.user("to"));
        var told = new ConcurrentLinkedQueue<JsonNode>();
        receiver.answer(event -> {
            if (isFrom(event, talk)) {
                told.add(event);
            }
            return 204;
        });
        var begun = Instant.now().minusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
        talk.send(0, 1);
        await("it has come in the clear").atMost(PATIENCE).until(() -> told.stream()
                .anyMatch(event -> text(event).equals("message 0")));

        // When
        var settings = Files.writeString(
                data.resolve("timeline.yaml"), """
                kafka:
                  bootstrapServers: %s
                  schemaRegistryUrl: %s
                """.formatted(stack.bootstrapServers(), stack.registryUrl()));
        var erased = new ReplayCommand(stack, data)
                .run("erase", "--user", talk.from, "--reason", "asked for it", "--config", settings.toString());
        assertThat(erased.exitCode()).as(erased.toString()).isZero();
        assertThat(admin("POST", "own/pause").statusCode()).isEqualTo(200);
        await("nobody is in the group")
                .atMost(PATIENCE)
                .until(() -> admin("POST", "own/replay?time=" + begun).statusCode() == 200);
        told.clear();
        assertThat(admin("POST", "own/resume").statusCode()).isEqualTo(200);

        // Then
        await("it comes again").atMost(PATIENCE).until(() -> told.stream()
                .anyMatch(event -> event.at("/event/kind").asText().equals("unreadable")));
        assertThat(told).noneMatch(event -> event.toString().contains("message 0"));
    }

    /** After any number of requests, so that answers, commits and back-offs are cut where they are. */
    private static void writeWhileTheDispatcherIsKilled(List<Talk> talks, int from, int until, Random random)
            throws Exception {
        int enough = receiver.requests() + 1 + random.nextInt(talks.size() * (until - from) / 2);
        var writer = Executors.newSingleThreadExecutor();
        try {
            var writing = writer.submit(() -> {
                inParallel(talks, from, until);
                return null;
            });
            await("some of it has come").atMost(PATIENCE).until(() -> receiver.requests() >= enough);
            stack.part("webhooks").kill();
            writing.get();
            stack.part("webhooks").start();
        } finally {
            writer.shutdownNow();
        }
    }

    /** One in five, in the ways in which servers fail. */
    private static int failing(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> 500;
            case 1 -> 503;
            case 2 -> 429;
            case 3 -> WebhookReceiver.CUT;
            default -> 200;
        };
    }

    private static void inParallel(List<Talk> talks, int from, int to) throws Exception {
        var threads = Executors.newFixedThreadPool(talks.size());
        try {
            var all = talks.stream()
                    .map(talk -> (Callable<Void>) () -> {
                        talk.send(from, to);
                        return null;
                    })
                    .toList();
            for (var done : threads.invokeAll(all)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Of these ids those of one conversation, each once. */
    private static List<Long> versions(List<String> ids, String conversation) {
        var versions = new ArrayList<Long>();
        var seen = new HashSet<String>();
        for (var id : ids) {
            if (id.startsWith(conversation + "/") && seen.add(id)) {
                versions.add(Long.valueOf(id.substring(id.lastIndexOf('/') + 1)));
            }
        }
        return versions;
    }

    private static boolean isFrom(JsonNode event, Talk talk) {
        return event.path("conversation").asText().equals(talk.conversation());
    }

    private static String text(JsonNode event) {
        return event.path("event").path("body").path("text").asText();
    }

    private static void awaitLag(String subscriber, long lag) {
        await("lag of " + subscriber).atMost(PATIENCE).untilAsserted(() -> assertThat(
                        status(subscriber).path("lag").asLong())
                .isEqualTo(lag));
    }

    private static JsonNode status(String subscriber) throws Exception {
        return RawHttp.JSON.readTree(admin("GET", subscriber).body());
    }

    private static HttpResponse<String> admin(String method, String path) throws Exception {
        var url = URI.create("http://127.0.0.1:" + stack.options().ports().webhooksAdmin() + "/subscribers/" + path);
        var request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(60))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return RawHttp.CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Two people, of whom one writes. */
    private static final class Talk {
        private final String from;
        private final String to;
        private final String conversation;
        private final RawHttp http;

        Talk(String from, String to) {
            this.from = from;
            this.to = to;
            this.conversation = Names.direct(from, to);
            this.http = RawHttp.of(stack.edgeUrl(1), from);
        }

        String conversation() {
            return conversation;
        }

        /** Writes {@code message <from>} to {@code message <to - 1>}, each when the one before is posted. */
        void send(int from, int to) throws IOException {
            for (int i = from; i < to; i++) {
                var call = RawHttp.JSON.writeValueAsString(Map.of(
                        "clientMessageId",
                        "c-" + i,
                        "to",
                        Map.of("user", this.to),
                        "body",
                        Map.of("kind", "text", "text", "message " + i)));
                await("message " + i + " is posted")
                        .atMost(PATIENCE)
                        .until(() -> http.post("/v1/messages", call).status() == 200);
            }
        }
    }
}
