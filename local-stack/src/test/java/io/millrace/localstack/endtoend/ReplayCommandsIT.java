package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.client.outbox.Recipient;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.SharedStack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
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
        var gone = topics.letter("commands", 0, 900_000_000_000L, Instant.now(), conversation, value);

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

    private static String name(RecordMetadata letter) {
        return letter.topic() + ":" + letter.partition() + ":" + letter.offset();
    }

    private static String lineWith(String part, String output) {
        return output.lines().filter(line -> line.contains(part)).findFirst().orElse("no line with " + part);
    }
}
