package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.StackOptions.Tier;
import io.millrace.schemas.record.Revocation;
import io.millrace.schemas.record.Settings;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The timeline service on real Kafka and Cassandra; each test has users and conversations of its own. */
@Timeout(180)
final class TimelineApiIT {
    @TempDir
    private static Path data;

    private static LocalStack stack;
    private static HandWrittenLog log;
    private static PullClient api;

    @BeforeAll
    static void start() throws Exception {
        stack = new LocalStack(
                StackOptions.at(data).withTiers(Set.of(Tier.KAFKA, Tier.REGISTRY, Tier.CASSANDRA, Tier.TIMELINE)));
        stack.start();
        log = new HandWrittenLog(stack);
        api = new PullClient(stack);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (log != null) {
            log.close();
        }
        stack.close();
    }

    @Test
    void shouldServeEntriesWithBodiesAsTheyStandNow() throws Exception {
        // Given
        var direct = "d:ann:ben";
        log.message(direct, "ann", "first", "ann", "ben");
        log.message(direct, "ann", "你好, \\\"Ben\\\" 🎉", "ann", "ben");
        log.message(direct, "ann", "oops", "ann", "ben");
        log.edit(direct, "ann", 1, "first, edited", "ann", "ben");
        log.recall(direct, "ann", 3, "ann", "ben");
        log.react(direct, "ben", 1, "👍", "ann", "ben");
        log.read("ben", direct, 2);

        // When
        var page = pulled("ben", 7);
        var own = pulled("ann", 6);

        // Then
        assertThat(positions(page)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(kinds(page))
                .containsExactly("message", "message", "message", "edited", "recalled", "reaction", "read");
        assertThat(event(page, 0).at("/body/text").asText()).isEqualTo("first, edited");
        assertThat(event(page, 1).at("/body/text").asText()).isEqualTo("你好, \"Ben\" 🎉");
        assertThat(event(page, 2).path("recalled").asBoolean()).isTrue();
        assertThat(event(page, 2).has("body")).isFalse();
        assertThat(event(page, 3).at("/body/text").asText()).isEqualTo("first, edited");
        assertThat(event(page, 5).path("emoji").asText()).isEqualTo("👍");
        assertThat(event(page, 5).path("op").asText()).isEqualTo("add");
        assertThat(page.at("/entries/6/version").isNull()).isTrue();
        assertThat(page.path("next").asLong()).isEqualTo(7);
        assertThat(page.path("more").asBoolean()).isFalse();
        assertThat(event(own, 0).path("clientMessageId").asText()).startsWith("c-");
        assertThat(event(own, 0).path("device").asText()).isEqualTo("phone-1");
        assertThat(event(page, 0).has("clientMessageId")).isFalse();
    }

    @Test
    void shouldAnswerWithResetWhenCursorBelongsToAnotherNumbering() throws Exception {
        // Given
        log.message("d:reset1:reset2", "reset1", "hi", "reset1", "reset2");
        pulled("reset1", 1);

        // When
        var other = api.ask("reset1", "/v1/timeline?after=1&epoch=another");
        var missing = api.ask("reset1", "/v1/timeline?after=1");
        var beyond = api.get("reset1", "/v1/timeline?after=900&epoch=" + log.epoch());

        // Then
        assertThat(other.status()).isEqualTo(410);
        assertThat(other.code()).isEqualTo("reset");
        assertThat(other.json().path("epoch").asText()).isEqualTo(log.epoch());
        assertThat(other.json().path("oldest").asLong()).isEqualTo(1);
        assertThat(other.json().path("head").asLong()).isEqualTo(1);
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.code()).isEqualTo("invalid");
        assertThat(beyond.path("entries")).isEmpty();
        assertThat(beyond.path("next").asLong()).isEqualTo(900);
        assertThat(beyond.path("more").asBoolean()).isFalse();
    }

    @Test
    void shouldWaitForPositionThatIsOnItsWay() throws Exception {
        // Given
        log.message("d:wait1:wait2", "wait1", "one", "wait1", "wait2");
        pulled("wait2", 1);

        // When
        var waiting = api.askLater("wait2", "/v1/timeline?after=1&atLeast=2&epoch=" + log.epoch());
        log.message("d:wait1:wait2", "wait1", "two", "wait1", "wait2");
        var tooFar = api.get("wait2", "/v1/timeline?after=0&atLeast=99");

        // Then
        assertThat(positions(waiting.get().json())).containsExactly(2L);
        assertThat(tooFar.path("more").asBoolean()).isTrue();
        assertThat(tooFar.path("retryAfterMs").asLong()).isPositive();
        assertThat(positions(tooFar)).containsExactly(1L, 2L);
    }

    @Test
    void shouldServeNothingBeyondAppliedVersionWhileWriterIsBehind() throws Exception {
        // Given
        var group = "g:slow";
        log.create(group, "Slow", "sue", "tom", "uma");
        log.message(group, "sue", "welcome", "sue", "tom", "uma");
        pulled("tom", 2);
        log.withholdEvents();
        log.remove(group, "sue", "tom", "sue", "tom", "uma");
        log.message(group, "sue", "tom is gone", "sue", "uma");
        log.edit(group, "sue", 1, "welcome, but not tom", "sue", "uma");
        awaitHead("uma", 5);

        // When
        var behind = api.get("uma", "/v1/timeline?after=0");

        // Then
        assertThat(positions(behind)).containsExactly(1L, 2L);
        assertThat(behind.path("head").asLong()).isEqualTo(5);
        assertThat(behind.path("more").asBoolean()).isTrue();
        assertThat(behind.path("retryAfterMs").asLong()).isPositive();
        assertThat(api.get("tom", "/v1/conversations/" + group)
                        .path("lastVersion")
                        .asLong())
                .isEqualTo(2);

        // When
        log.release(3);

        // Then
        assertThat(kinds(pulled("uma", 5))).containsExactly("members", "message", "members", "message", "edited");
        var gone = pulled("tom", 3);
        assertThat(kinds(gone))
                .as("what was edited later is not shown to tom")
                .containsExactly("members", "unreadable", "members");
        assertThat(texts(api.get("tom", "/v1/conversations/" + group + "/messages")))
                .containsOnlyNulls();
        assertThat(api.get("tom", "/v1/conversations/" + group + "/events")
                        .path("lastVersion")
                        .asLong())
                .isEqualTo(3);
    }

    @Test
    void shouldNotOpenTheMiddleWhenMemberReturns() throws Exception {
        // Given
        var group = "g:back";
        log.create(group, "Back", "val", "wim");
        log.message(group, "val", "with wim", "val", "wim");
        log.remove(group, "val", "wim", "val", "wim");
        log.message(group, "val", "without wim", "val");
        log.title(group, "val", "Secret", "val");
        log.addMember(group, "val", "wim", "val", "wim");
        log.message(group, "val", "with wim again", "val", "wim");
        pulled("wim", 5);
        pulled("val", 7);

        // When
        var messages = api.get("wim", "/v1/conversations/" + group + "/messages");
        var events = api.get("wim", "/v1/conversations/" + group + "/events");

        // Then
        assertThat(texts(messages)).containsExactly("with wim again", "with wim");
        assertThat(StreamSupport.stream(events.path("events").spliterator(), false)
                        .map(e -> e.path("version").asLong()))
                .containsExactly(1L, 2L, 3L, 6L, 7L);
        assertThat(texts(api.get("val", "/v1/conversations/" + group + "/messages")))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"g:hidden", "g:hidden/messages", "g:hidden/events", "d:xia:yan", "d:xia:yan/messages"})
    void shouldTellStrangerTheSameAsOfNothing(String path) throws Exception {
        // Given
        if (path.equals("g:hidden")) {
            log.create("g:hidden", "Hidden", "xia", "yan");
            pulledAtLeast("xia", 1);
        }

        // When
        var stranger = api.ask("zoe", "/v1/conversations/" + path);
        var nothing = api.ask(
                "zoe", "/v1/conversations/" + path.replace("hidden", "nothing").replace("yan", "yyy"));

        // Then
        assertThat(stranger.status()).isEqualTo(404);
        assertThat(stranger.json()).isEqualTo(nothing.json());
    }

    @Test
    void shouldPutUnreadableInPlaceOfWhatCannotBeDecoded() throws Exception {
        // Given
        var direct = "d:una:vic";
        var first = log.message(direct, "una", "before", "una", "vic");
        log.brokenEvent(direct, "una");
        log.brokenEntry("vic", first);
        log.message(direct, "una", "after", "una", "vic");

        // When
        var page = pulled("vic", 3);
        var events = api.get("vic", "/v1/conversations/" + direct + "/events");

        // Then
        assertThat(kinds(page)).containsExactly("message", "unreadable", "message");
        assertThat(events.at("/events/1/event/kind").asText()).isEqualTo("unreadable");
        assertThat(events.path("lastVersion").asLong()).isEqualTo(3);
        assertThat(events.path("more").asBoolean()).isFalse();
    }

    @Test
    void shouldListConversationsNewestFirstWithUnread() throws Exception {
        // Given
        log.message("d:list:one", "one", "1", "list", "one");
        log.message("d:list:two", "two", "1", "list", "two");
        log.message("d:list:two", "two", "2", "list", "two");
        log.create("g:list", "Three", "three", "list");
        log.message("g:list", "three", "hello", "three", "list");
        log.message("d:list:one", "one", "2", "list", "one");
        log.read("list", "d:list:one", 1);
        pulled("list", 7);

        // When
        var all = api.get("list", "/v1/conversations");
        var first = api.get("list", "/v1/conversations?limit=2");
        var second = api.get(
                "list",
                "/v1/conversations?limit=2&cursor=" + first.path("cursor").asText());

        // Then
        assertThat(ids(all)).containsExactly("d:list:one", "g:list", "d:list:two");
        assertThat(all.path("position").asLong()).isEqualTo(7);
        assertThat(all.path("totalUnread").asLong()).isEqualTo(1 + 1 + 2);
        assertThat(all.at("/conversations/0/last/body/text").asText()).isEqualTo("2");
        assertThat(all.at("/conversations/1/title").asText()).isEqualTo("Three");
        assertThat(all.path("cursor").isNull()).isTrue();
        assertThat(ids(first)).containsExactly("d:list:one", "g:list");
        assertThat(ids(second)).containsExactly("d:list:two");
        assertThat(second.path("position")).isEqualTo(first.path("position"));
    }

    @Test
    void shouldForgetBodiesAtTheirEndAndNothingElse() throws Exception {
        // Given
        var direct = "d:eli:fay";
        var soon = Instant.now().plusSeconds(12);
        var far = Instant.now().plusSeconds(3_600);
        log.message(direct, "eli", "secret one", soon, "eli", "fay");
        log.message(direct, "eli", "secret two", soon, "eli", "fay");
        log.edit(direct, "eli", 2, "secret two, edited", soon, "eli", "fay");
        log.message(direct, "eli", "secret three", Instant.now().minusSeconds(1), "eli", "fay");
        log.message(direct, "eli", "secret four", far, "eli", "fay");
        log.recall(direct, "eli", 4, "eli", "fay");
        log.message(direct, "eli", "five", far, "eli", "fay");
        log.message(direct, "eli", "six", "eli", "fay");

        // When
        var before = pulled("fay", 8);

        // Then
        assertThat(Instant.now()).as("read before the end").isBefore(soon);
        assertThat(event(before, 0).at("/body/text").asText()).isEqualTo("secret one");
        assertThat(event(before, 0).path("expiresAt").asLong()).isEqualTo(soon.toEpochMilli());
        assertThat(event(before, 1).at("/body/text").asText()).isEqualTo("secret two, edited");
        assertThat(event(before, 3).path("expired").asBoolean()).isTrue();
        assertThat(event(before, 3).has("body")).isFalse();
        assertThat(event(before, 4).path("recalled").asBoolean()).isTrue();
        try (var cells = new StoredCells(stack)) {
            assertThat(cells.message(direct, 1).getBytes("body").remaining()).isPositive();
            assertThat(cells.message(direct, 3).getBytes("body").remaining())
                    .as("over when it was written")
                    .isZero();
            assertThat(cells.message(direct, 4).getBytes("body").remaining())
                    .as("recalled, and not only until its end")
                    .isZero();
            assertThat(cells.message(direct, 4).isNull("body_ttl")).isTrue();
            assertThat(cells.message(direct, 5).getInt("body_ttl")).isBetween(3_400, 3_601);
            assertThat(cells.message(direct, 6).isNull("body_ttl")).isTrue();

            // When
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> cells.message(direct, 1).isNull("body")
                            && cells.message(direct, 2).isNull("body"));

            // Then
            assertThat(Instant.now()).isAfterOrEqualTo(soon);
            assertThat(cells.message(direct, 1).getString("message_id")).isNotBlank();
            assertThat(cells.message(direct, 2).getLong("edited_version"))
                    .as("that it was edited is not forgotten with what it said")
                    .isEqualTo(3);
            assertThat(cells.message(direct, 2).getLong("expires_at")).isEqualTo(soon.toEpochMilli());
        }
        var after = api.get("fay", "/v1/timeline?limit=500");
        assertThat(kinds(after)).isEqualTo(kinds(before));
        for (int index : List.of(0, 1, 2, 3)) {
            assertThat(event(after, index).path("expired").asBoolean()).isTrue();
        }
        assertThat(after.toString()).doesNotContain("secret");
        assertThat(api.get("fay", "/v1/conversations/" + direct + "/events").toString())
                .doesNotContain("secret");
        assertThat(texts(api.get("fay", "/v1/conversations/" + direct + "/messages")))
                .containsExactly("six", "five", null, null, null, null);
    }

    @Test
    void shouldListWhatWaitsUntilItIsPostedOrTakenBack() throws Exception {
        // Given
        var direct = "d:gil:hal";
        var sendAt = Instant.now().plusSeconds(3_600);
        long later =
                log.schedule(direct, "gil", "later", sendAt.plusSeconds(60)).getVersion();
        long sooner = log.schedule(direct, "gil", "sooner", sendAt).getVersion();
        var waiting = pulled("gil", 2);

        // Then
        assertThat(kinds(waiting)).containsExactly("scheduled", "scheduled");
        assertThat(event(waiting, 0).at("/body/text").asText()).isEqualTo("later");
        assertThat(scheduled("gil", direct)).containsExactly("sooner", "later");
        assertThat(scheduled("hal", direct)).isEmpty();
        assertThat(ids(api.get("gil", "/v1/conversations")))
                .as("nothing is said yet")
                .isEmpty();
        assertThat(api.get("hal", "/v1/conversations/" + direct + "/events").findValuesAsText("kind"))
                .containsOnly("unreadable");

        // When
        log.postScheduled(direct, "gil", "sooner", sooner, "gil", "hal");
        var posted = pulled("gil", 3);
        var arrived = pulled("hal", 1);

        // Then
        assertThat(scheduled("gil", direct)).containsExactly("later");
        assertThat(event(posted, 2).path("scheduled").asLong()).isEqualTo(sooner);
        assertThat(event(posted, 1).path("over").asBoolean()).isTrue();
        assertThat(event(posted, 1).has("body")).isFalse();
        assertThat(event(arrived, 0).has("scheduled")).isFalse();
        assertThat(ids(api.get("gil", "/v1/conversations"))).containsExactly(direct);

        // When
        log.unschedule(direct, "gil", later);
        var taken = pulled("gil", 4);

        // Then
        assertThat(scheduled("gil", direct)).isEmpty();
        assertThat(event(taken, 3).path("kind").asText()).isEqualTo("unscheduled");
        assertThat(event(taken, 3).path("scheduled").asLong()).isEqualTo(later);
        assertThat(event(taken, 3).has("code")).isFalse();
        try (var cells = new StoredCells(stack)) {
            for (long version : List.of(later, sooner)) {
                assertThat(cells.scheduled("gil", direct, version).getBool("over"))
                        .isTrue();
                assertThat(cells.scheduled("gil", direct, version)
                                .getBytes("body")
                                .remaining())
                        .isZero();
            }
        }
    }

    @Test
    void shouldSyncContactsByWhatWasSetSince() throws Exception {
        // Given
        log.settings("ida", "d:ida:jon", kept(true, "Johnny", ""));
        log.settings("ida", "d:ida:leo", kept(false, "Leo the plumber", ""));
        pulled("ida", 2);

        // Then
        var first = api.get("ida", "/v1/contacts");
        assertThat(first.path("position").asLong()).isEqualTo(2);
        assertThat(first.path("epoch").asText()).isEqualTo(log.epoch());
        assertThat(contacts(first)).containsExactly("jon true Johnny 1", "leo false Leo the plumber 2");
        assertThat(ids(api.get("ida", "/v1/conversations"))).isEmpty();
        assertThat(contacts(api.get("jon", "/v1/contacts")))
                .as("nobody learns of it")
                .isEmpty();

        // When
        log.message("d:ida:jon", "jon", "hello", "ida", "jon");
        log.message("d:ida:kim", "kim", "hello", "ida", "kim");
        log.settings("ida", "d:ida:kim", kept(false, "", "{\"kind\":\"text\",\"text\":\"Well,\"}"));
        pulled("ida", 5);

        // Then
        var quiet = api.get("ida", "/v1/contacts?after=2");
        assertThat(contacts(quiet)).as("messages and drafts make no contact").isEmpty();
        assertThat(quiet.path("position").asLong()).isEqualTo(5);
        assertThat(api.get("ida", "/v1/conversations").path("conversations").findValuesAsText("alias"))
                .containsExactly("", "Johnny");

        // When
        log.settings("ida", "d:ida:jon", kept(false, "", ""));
        pulled("ida", 6);

        // Then
        assertThat(contacts(api.get("ida", "/v1/contacts?after=5"))).containsExactly("jon false  6");
        assertThat(contacts(api.get("ida", "/v1/contacts"))).containsExactly("leo false Leo the plumber 2");
        assertThat(contacts(api.get("ida", "/v1/contacts?after=6"))).isEmpty();
    }

    @Test
    void shouldPageThroughHistoryInBothDirections() throws Exception {
        // Given
        var direct = "d:hana:ivo";
        for (int i = 1; i <= 25; i++) {
            log.message(direct, "hana", "m" + i, "hana", "ivo");
        }
        pulled("ivo", 25);
        var path = "/v1/conversations/" + direct + "/messages";

        // When
        var last = api.get("ivo", path + "?limit=10");
        var before = api.get("ivo", path + "?before=16&limit=20");
        var after = api.get("ivo", path + "?after=20&limit=10");

        // Then
        assertThat(texts(last)).first().isEqualTo("m25");
        assertThat(texts(last)).hasSize(10).last().isEqualTo("m16");
        assertThat(last.path("more").asBoolean()).isTrue();
        assertThat(texts(before)).hasSize(15).first().isEqualTo("m15");
        assertThat(before.path("more").asBoolean()).isFalse();
        assertThat(texts(after)).containsExactly("m21", "m22", "m23", "m24", "m25");
        assertThat(after.path("more").asBoolean()).isFalse();
    }

    @Test
    void shouldKeepPagesBelowOneMebibyteAndContiguous() throws Exception {
        // Given
        var text = "x".repeat(12_000);
        for (int i = 0; i < 150; i++) {
            log.message("d:great:size", "great", text, "great", "size");
        }
        awaitHead("size", 150);
        api.get("size", "/v1/conversations/d:great:size?atLeast=150");

        // When
        var positions = new ArrayList<Long>();
        long after = 0;
        int pages = 0;
        while (after < 150) {
            var answer = api.ask("size", "/v1/timeline?limit=500&after=" + after + "&epoch=" + log.epoch());
            assertThat(answer.response().body().getBytes(StandardCharsets.UTF_8).length)
                    .isLessThanOrEqualTo(1 << 20);
            positions.addAll(positions(answer.json()));
            after = answer.json().path("next").asLong();
            pages++;
        }

        // Then
        assertThat(positions)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 150).boxed().toList());
        assertThat(pages).isEqualTo(2);
    }

    @Test
    void shouldLoseAndDoubleNothingWhenKilledWhileWriting() throws Exception {
        // Given
        var direct = "d:kay:lee";
        int total = 3_000;
        for (int i = 1; i <= total; i++) {
            log.message(direct, "kay", "m" + i, "kay", "lee");
            if (i == total / 2) {
                log.flush();
                awaitHead("lee", 1);
                stack.part("timeline").kill();
            }
        }
        log.flush();

        // When
        stack.part("timeline").start();
        awaitHead("lee", total);

        // Then
        var texts = new ArrayList<String>();
        long after = 0;
        while (after < total) {
            var page = api.get("lee", "/v1/timeline?limit=500&after=" + after + "&epoch=" + log.epoch());
            page.path("entries").forEach(e -> texts.add(e.at("/event/body/text").asText()));
            after = page.path("next").asLong();
        }
        assertThat(texts)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, total).mapToObj(i -> "m" + i).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/timeline?after=x",
        "/v1/timeline?after=-1",
        "/v1/timeline?limit=0",
        "/v1/timeline?limit=501",
        "/v1/timeline?limit=1&limit=2",
        "/v1/timeline?atLeast=1e9",
        "/v1/conversations?limit=201",
        "/v1/conversations?cursor=forged",
        "/v1/conversations/d:b:a",
        "/v1/conversations/g:..%2Fx/messages",
        "/v1/conversations/d:a:b/messages?before=0",
        "/v1/conversations/d:a:b/messages?before=5&after=1",
        "/v1/conversations/d:a:b/events?after=99999999999999999999"
    })
    void shouldRefuseWhatIsNotInTheProtocol(String path) throws Exception {
        // When
        var answer = api.ask("a", path);

        // Then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid");
        assertThat(answer.response().headers().firstValue("content-type")).contains("application/problem+json");
    }

    @Test
    void shouldHonourGoodTokensOnly() throws Exception {
        // Given
        var good = api.token("nora", Instant.now().plusSeconds(60));
        var path = "/v1/timeline";
        revoke("user:olga");

        // When / Then
        assertThat(api.askWith("Bearer " + good, path).get().status()).isEqualTo(200);
        for (var bad : List.of(
                "",
                "Bearer ",
                "Basic abc",
                "Bearer " + good.substring(1),
                "Bearer " + good + "A",
                "Bearer " + api.token("nora", Instant.now().minusSeconds(60)),
                "Bearer " + api.token("no/ra", Instant.now().plusSeconds(60)))) {
            var answer = api.askWith(bad, path).get();
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.response().headers().firstValue("content-type")).contains("application/problem+json");
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(api.ask("olga", path).status()).isEqualTo(401));
    }

    private static void revoke(String key) throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", stack.bootstrapServers(), "acks", "all");
        var values = RecordSerdes.at(stack.registryUrl()).serializer(Revocation.class);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), values)) {
            producer.send(new ProducerRecord<>(
                            TopicCatalogue.REVOCATIONS.name(),
                            key,
                            new Revocation(Instant.now().plusSeconds(60), null)))
                    .get();
        }
    }

    /** The whole timeline, once it has reached that position and all of it can be served. */
    private static JsonNode pulled(String user, long head) {
        log.flush();
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> api.get(user, "/v1/timeline?limit=500"),
                        page -> page.path("head").asLong() == head
                                && page.path("next").asLong() == head);
    }

    private static void pulledAtLeast(String user, long head) {
        log.flush();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get(user, "/v1/timeline").path("next").asLong() >= head);
    }

    private static void awaitHead(String user, long head) {
        log.flush();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> api.get(user, "/v1/timeline?limit=1").path("head").asLong() >= head);
    }

    private static JsonNode event(JsonNode page, int index) {
        return page.path("entries").path(index).path("event");
    }

    private static List<Long> positions(JsonNode page) {
        return StreamSupport.stream(page.path("entries").spliterator(), false)
                .map(e -> e.path("position").asLong())
                .toList();
    }

    private static List<String> kinds(JsonNode page) {
        return StreamSupport.stream(page.path("entries").spliterator(), false)
                .map(e -> e.at("/event/kind").asText())
                .toList();
    }

    private static List<String> texts(JsonNode page) {
        var texts = new ArrayList<String>();
        page.path("messages").forEach(m -> texts.add(m.at("/body/text").asText(null)));
        return texts;
    }

    private static List<String> scheduled(String user, String conversation) throws Exception {
        var texts = new ArrayList<String>();
        api.get(user, "/v1/conversations/" + conversation + "/scheduled")
                .path("scheduled")
                .forEach(m -> texts.add(m.at("/body/text").asText()));
        return texts;
    }

    private static Settings kept(boolean contact, String alias, String draft) {
        return new Settings(false, false, false, 0L, StandardCharsets.UTF_8.encode(draft), contact, alias, false);
    }

    private static List<String> contacts(JsonNode page) {
        return StreamSupport.stream(page.path("contacts").spliterator(), false)
                .map(c -> String.join(
                        " ",
                        c.path("user").asText(),
                        c.path("contact").asText(),
                        c.path("alias").asText(),
                        c.path("position").asText()))
                .toList();
    }

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.path("conversations").spliterator(), false)
                .map(c -> c.path("conversation").asText())
                .toList();
    }
}
