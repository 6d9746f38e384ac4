package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.client.outbox.Recipient;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.SharedStack;
import io.millrace.schemas.topic.PartitionCounts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does to the log by hand: once, and told in the audit. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ReplayCommandsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static ReplayCommand replay;

    @BeforeAll
    static void find() {
        stack = SharedStack.running().parts();
        replay = new ReplayCommand(stack, directory);
    }

    @Test
    void shouldShowADeadLetterAndDropItWhenItCannotBeTaken() throws Exception {
        // Given
        var topics = new DeadLetterTopics(stack);
        var key = Names.key();
        var source = topics.command(key, "a secret, no Avro".getBytes(StandardCharsets.UTF_8));
        var where = " " + source.topic() + ":" + source.partition() + ":" + source.offset() + " ";
        await().atMost(PATIENCE)
                .until(() -> replay.run("dead-letters", "list").output().contains(where));
        var line = lineWith(where, replay.run("dead-letters", "list").output());
        var name = line.split(" ")[0];

        // When
        var shown = replay.run("dead-letters", "show", name);
        var opened = replay.run("dead-letters", "show", name, "--body");
        var replayed = replay.run("dead-letters", "replay", name);
        var unreasoned = replay.run("dead-letters", "drop", name);
        var dropped = replay.run("dead-letters", "drop", name, "--reason", "a foreign producer", "--by", "olga");

        // Then
        assertThat(line).startsWith("commands.dlq:").contains(" NOT_AVRO ");
        assertThat(shown.output())
                .contains("cause      NOT_AVRO", "handled    no")
                .doesNotContain("a secret");
        assertThat(opened.output()).contains("value is   a secret, no Avro");
        assertThat(replayed.exitCode()).isEqualTo(1);
        assertThat(replayed.output()).contains("left as it is: it would come back");
        assertThat(unreasoned.exitCode()).isEqualTo(2);
        assertThat(dropped.exitCode()).as(dropped.errors()).isZero();
        assertThat(replay.run("dead-letters", "list").output()).doesNotContain(name + " ");
        assertThat(lineWith(
                        name + " ", replay.run("dead-letters", "list", "--all").output()))
                .contains("dropped ", " by olga: a foreign producer");
        assertThat(topics.commands(key)).hasSize(1);
    }

    @Test
    void shouldReplayADeadLetterOnceWhenItsCauseIsMended() throws Exception {
        // Given
        var topics = new DeadLetterTopics(stack);
        var alice = Names.user("alice");
        var bob = Device.of(stack.edgeUrl(1), Names.user("bob"), "phone").connect();
        var conversation = Names.direct(alice, bob.user);
        var value = topics.send(conversation, alice, Names.key(), "at last");
        int partitions = PartitionCounts.LOCAL.conversations();
        int partition = BuiltInPartitioner.partitionForKey(conversation.getBytes(StandardCharsets.UTF_8), partitions);
        int foreign = (partition + 1) % partitions;
        var gone = topics.letter("commands", foreign, 900_000_000_000L, Instant.now(), conversation, value);

        // When
        var first = replay.run("dead-letters", "replay", name(gone), "--reason", "the router was updated");
        await().atMost(PATIENCE).until(() -> bob.texts(conversation).contains("at last"));
        var second = replay.run("dead-letters", "replay", name(gone));
        var forced = replay.run("dead-letters", "replay", name(gone), "--force");
        bob.send(Recipient.user(alice), "and then");
        await().atMost(PATIENCE).until(() -> bob.texts(conversation).contains("and then"));

        // Then
        assertThat(first.exitCode()).as(first.toString()).isZero();
        assertThat(first.output()).contains(name(gone) + " replayed: written to commands:", "from the letter");
        assertThat(second.exitCode()).isZero();
        assertThat(second.output()).contains("left as it is: it was replayed ", ": the router was updated");
        assertThat(forced.output()).contains("replayed: written to commands:");
        assertThat(topics.commands(conversation))
                .filteredOn(each -> Arrays.equals(each.value(), value))
                .hasSize(2);
        assertThat(topics.commands(conversation))
                .as("one partition decides about a conversation")
                .extracting(ConsumerRecord::partition)
                .containsOnly(partition);
        assertThat(bob.texts(conversation)).containsExactly("at last", "and then");
        bob.close();
    }

    @Test
    void shouldReplayWhatWasWrittenWhenTheRouterKnewLessOfIt() throws Exception {
        // Given
        var topics = new DeadLetterTopics(stack);
        var alice = Names.user("alice");
        var conversation = Names.direct(alice, Names.user("bob"));
        var value = topics.send(conversation, alice, Names.key(), "all of it");
        var less = topics.send(conversation, alice, Names.key(), "");
        var source = topics.command(conversation, value);
        var letter = topics.letter(
                source.topic(),
                source.partition(),
                source.offset(),
                Instant.ofEpochMilli(source.timestamp()),
                conversation,
                less);

        // When
        var replayed = replay.run("dead-letters", "replay", name(letter));

        // Then
        assertThat(replayed.exitCode()).as(replayed.toString()).isZero();
        assertThat(replayed.output()).contains("from its source");
        assertThat(topics.commands(conversation)).hasSize(2).allSatisfy(each -> assertThat(each.value())
                .isEqualTo(value));
    }

    @Test
    void shouldDeliverAgainOnceWhatTimelinesMiss() throws Exception {
        // Given
        var alice = Names.user("alice");
        var bob = Device.of(stack.edgeUrl(1), Names.user("bob"), "phone").connect();
        var conversation = Names.direct(alice, bob.user);
        try (var log = new HandWrittenLog(stack)) {
            for (int i = 1; i <= 5; i++) {
                log.message(conversation, alice, "message " + i);
            }
            log.react(conversation, bob.user, 5, "👍");
            log.flush();
        }

        // When
        var missing = refan(conversation, 1, 5, "--dry-run");
        var middle = refan(conversation, 3, 4, "--reason", "the inbox was lost");
        await().atMost(PATIENCE).until(() -> bob.texts(conversation).size() == 2);
        var rest = refan(conversation, 1, 5);
        var nothing = refan(conversation, 1, 5);

        // Then
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.output()).contains("12 of 12 entries missing");
        assertThat(middle.exitCode()).as(middle.toString()).isZero();
        assertThat(middle.output()).contains("4 of 4 entries delivered again");
        assertThat(rest.output()).contains("8 of 12 entries delivered again");
        assertThat(nothing.exitCode()).isZero();
        assertThat(nothing.output()).contains("0 of 12 entries delivered again");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(bob.texts(conversation))
                .containsExactly("message 3", "message 4", "message 1", "message 2", "message 5"));
        assertThat(NumberedEntries.of(stack).stream()
                        .filter(entry -> entry.getConversation().equals(conversation))
                        .map(entry -> entry.getUser() + " " + entry.getVersion() + " " + entry.getLastSeq()))
                .hasSize(12)
                .doesNotHaveDuplicates()
                .contains(bob.user + " 1 4", bob.user + " 6 5");
        var verified = replay.run("verify", "--user", bob.user, "--conversation", conversation);
        assertThat(verified.exitCode()).as(verified.toString()).isZero();
        bob.close();
    }

    @Test
    void shouldMissNothingOfWhatTheRouterDelivered() throws Exception {
        // Given
        var alice = Device.of(stack.edgeUrl(1), Names.user("alice"), "phone").connect();
        var bob = Names.user("bob");
        var carol = Names.user("carol");
        var group = alice.client().createGroup("Trip", List.of(bob, carol)).get(30, TimeUnit.SECONDS);
        alice.send(Recipient.conversation(group), "one");
        alice.client().setRole(group, bob, "admin").get(30, TimeUnit.SECONDS);
        long tomorrow = Instant.now().plus(Duration.ofDays(1)).toEpochMilli();
        alice.client().createLink(group, tomorrow).get(30, TimeUnit.SECONDS);
        alice.client().muteMembers(group, List.of(carol), tomorrow).get(30, TimeUnit.SECONDS);
        alice.client().removeMember(group, carol).get(30, TimeUnit.SECONDS);
        alice.client().setTitle(group, "Long trip").get(30, TimeUnit.SECONDS);
        Device.posted(alice.client().react(group, 1, "🎉", true).decision().get(30, TimeUnit.SECONDS));
        alice.send(Recipient.conversation(group), "two");

        // When
        var missing = refan(group, 1, 2, "--dry-run");

        // Then
        assertThat(missing.exitCode()).as(missing.toString()).isZero();
        long delivered = NumberedEntries.of(stack).stream()
                .filter(entry -> entry.getConversation().equals(group) && entry.getVersion() != null)
                .count();
        assertThat(missing.output()).contains("0 of " + delivered + " entries missing");
        alice.close();
    }

    @Test
    void shouldImportUnderOtherIdsWhatWasExportedWholeOrNotAtAll() throws Exception {
        // Given
        var alice = Device.of(stack.edgeUrl(1), Names.user("alice"), "phone").connect();
        var bob = Names.user("bob");
        var conversation = Names.direct(alice.user, bob);
        alice.send(Recipient.user(bob), "one");
        alice.send(Recipient.user(bob), "two");
        var group = alice.client().createGroup("Trip", List.of(bob)).get(30, TimeUnit.SECONDS);
        alice.send(Recipient.conversation(group), "in the group");
        await().atMost(PATIENCE).until(() -> alice.texts(group).size() == 1);
        alice.close();
        var slice = directory.resolve("slice");
        var part = directory.resolve("part");
        var exported = replay.run("export", "--user", alice.user, "--closed", "--out", slice.toString());
        replay.run("export", "--conversation", group, "--until", "2100-01-01T00:00:00Z", "--out", part.toString());
        var sums = new ProcessBuilder("sha256sum", "--check", "--quiet", "SHA256SUMS")
                .directory(slice.toFile())
                .inheritIO()
                .start();
        var damaged = copy(slice, directory.resolve("damaged"));
        var file = damaged.resolve("conversation-events.avro");
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        // When
        var beside = importOf(slice);
        var router = stack.part("router");
        router.stop();
        var ofDamaged = importOf(damaged);
        var ofPart = importOf(part);
        var imported = await("until the router is missed")
                .atMost(PATIENCE)
                .until(() -> importOf(slice), answer -> !answer.errors().contains("the router runs"));
        var again = importOf(slice);
        stack.rebuildState();
        router.start();

        // Then
        assertThat(exported.exitCode()).as(exported.toString()).isZero();
        assertThat(sums.waitFor()).isZero();
        assertThat(beside.errors()).contains("the router runs");
        assertThat(ofDamaged.errors()).contains("its checksum differs");
        assertThat(ofPart.errors()).contains("this export is a part by time");
        assertThat(imported.exitCode()).as(imported.toString()).isZero();
        assertThat(imported.output()).contains("2 conversations, 1 timelines");
        assertThat(again.errors()).contains("already has").contains("nothing was written");
        assertThat(List.of(beside, ofDamaged, ofPart, again))
                .allSatisfy(answer -> assertThat(answer.exitCode()).isEqualTo(1));
        var copied = Names.direct("copy-" + alice.user, "copy-" + bob);
        try (var copy = Device.of(stack.edgeUrl(1), "copy-" + alice.user, "phone")
                        .connect();
                var other = Device.of(stack.edgeUrl(1), "copy-" + bob, "phone").connect()) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(copy.texts(copied)).containsExactly("one", "two"));
            assertThat(copy.send(Recipient.user("copy-" + bob), "three").seq()).isEqualTo(3);
            assertThat(refan(copied, 1, 3).output()).contains("2 of 6 entries delivered again");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(other.texts(copied))
                    .containsExactlyInAnyOrder("three", "one", "two"));
            var verified = replay.run("verify", "--user", copy.user, "--conversation", copied);
            assertThat(verified.exitCode()).as(verified.toString()).isZero();
        }
        assertThat(replay.run("verify", "--conversation", conversation).exitCode())
                .isZero();
    }

    @Test
    void shouldFollowTheLogInBothKeyspacesWhenARebuiltOneIsHandedOver() throws Exception {
        // Given
        var alice = Device.of(stack.edgeUrl(1), Names.user("alice"), "phone").connect();
        var bob = Names.user("bob");
        var conversation = Names.direct(alice.user, bob);
        alice.send(Recipient.user(bob), "before");
        var keyspace = "millrace_next";
        var unbuilt = replay.handOver("--keyspace", keyspace, "--group", "timeline-next");
        var rebuilt = replay.rebuild("--keyspace", keyspace);
        alice.send(Recipient.user(bob), "between");

        // When
        var first = replay.handOver("--keyspace", keyspace, "--group", "timeline-next");
        var second = replay.handOver("--keyspace", keyspace, "--group", "timeline-next");

        // Then
        assertThat(unbuilt.errors()).contains("was not rebuilt");
        assertThat(rebuilt.exitCode()).as(rebuilt.toString()).isZero();
        assertThat(first.exitCode()).as(first.toString()).isZero();
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.errors()).contains("has a place already");
        try (var timeline = new SecondTimeline(stack, keyspace, "timeline-next", directory)) {
            await().atMost(PATIENCE).until(timeline::isReady);
            alice.send(Recipient.user(bob), "after");
            for (var pull : List.of(new PullClient(stack), new PullClient(stack, timeline.apiPort()))) {
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(pull.get(bob, "/v1/timeline?after=0")
                                .path("entries")
                                .findValuesAsText("text"))
                        .containsExactly("before", "between", "after"));
            }
            for (var each : List.of("millrace", keyspace)) {
                var verified =
                        replay.run("verify", "--keyspace", each, "--user", alice.user, "--conversation", conversation);
                assertThat(verified.exitCode()).as(verified.toString()).isZero();
            }
        }
        alice.close();
    }

    private static ReplayCommand.Answer importOf(Path slice) throws Exception {
        return replay.run("import", slice.toString(), "--prefix", "copy-");
    }

    private static Path copy(Path from, Path to) throws Exception {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    private static ReplayCommand.Answer refan(String conversation, long from, long to, String... more)
            throws Exception {
        var arguments = new ArrayList<>(List.of("refan", "--conversation", conversation));
        arguments.addAll(List.of("--from", Long.toString(from), "--to", Long.toString(to)));
        arguments.addAll(List.of(more));
        return replay.run(arguments.toArray(String[]::new));
    }

    private static String name(RecordMetadata letter) {
        return letter.topic() + ":" + letter.partition() + ":" + letter.offset();
    }

    private static String lineWith(String part, String output) {
        return output.lines().filter(line -> line.contains(part)).findFirst().orElse("no line with " + part);
    }
}
