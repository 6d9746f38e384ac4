package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.client.MillraceClient;
import io.millrace.client.outbox.Recipient;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.part.StackException;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More partitions of conversations and fewer of users, killed in the middle: nothing is lost, doubled or renumbered. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ReshardIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TAP = "tap-of-a-neighbour";

    @TempDir
    private Path data;

    @TempDir
    private Path printed;

    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String carol = Names.user("carol");
    private final String direct = Names.direct(alice, bob);

    private LocalStack stack;
    private ReplayCommand replay;

    @BeforeEach
    void start() throws InterruptedException {
        stack = new LocalStack(StackOptions.at(data));
        stack.start();
        replay = new ReplayCommand(stack, printed);
    }

    @AfterEach
    void stop() throws InterruptedException {
        stack.close();
    }

    @Test
    void shouldGoOnAsBeforeWhenPartitionsAreOthers() throws Exception {
        // Given
        var phone = Device.of(stack.edgeUrl(1), alice, "phone").connect();
        var bobs = Device.of(stack.edgeUrl(1), bob, "phone").connect();
        var key = Names.key();
        var first = RawHttp.of(stack.edgeUrl(1), alice).post("/v1/messages", send(key));
        var group = phone.client().createGroup("Trip", List.of(bob, carol)).get(30, TimeUnit.SECONDS);
        for (int i = 0; i < 20; i++) {
            phone.send(Recipient.conversation(group), "message " + i);
            bobs.send(Recipient.user(alice), "answer " + i);
        }
        Device.posted(phone.client()
                .edit(direct, 1, MillraceClient.textBody("edited"))
                .decision()
                .get(30, TimeUnit.SECONDS));
        Device.posted(bobs.client().react(group, 1, "🎉", true).decision().get(30, TimeUnit.SECONDS));
        Device.posted(bobs.client().read(group, 20).decision().get(30, TimeUnit.SECONDS));
        await().atMost(PATIENCE)
                .until(() ->
                        bobs.texts(group).size() == 20 && phone.texts(direct).size() == 21);
        var same = replay.run("reshard", "--conversations", "8");
        var beside = replay.run("reshard", "--conversations", "12", "--users", "5");
        assertThat(replay.verify("--save").exitCode()).isZero();
        standBeforeTheLast(group);
        phone.goAway();
        bobs.goAway();
        drain();
        var before = LoggedEvents.records(stack, TopicCatalogue.CONVERSATION_EVENTS);
        var entries = NumberedEntries.of(stack);

        // When
        var killed = killedAfter("commands -> commands.reshard:", "--conversations", "3", "--confirm");
        assertThatThrownBy(stack.part("router")::start)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("partition counts are being changed");
        var other = replay.run("reshard", "--conversations", "4", "--confirm");
        var abandoned = replay.run("reshard", "--abandon");
        killedAfter("user-commands.reshard -> user-commands:", "--conversations", "12", "--users", "5", "--confirm");
        var tooLate = replay.run("reshard", "--abandon");
        var done = replay.run("reshard", "--confirm");
        stack.rebuildState();
        stack.startTogether(List.of("router", "timeline", "edge-1"));
        phone.comeBack();
        bobs.comeBack();

        // Then
        assertThat(same.errors()).contains("8 of users already");
        assertThat(beside.errors()).contains("somebody reads these topics", "group conversations");
        assertThat(killed).contains("commands -> commands.reshard:").doesNotContain(".reshard -> ");
        assertThat(other.errors()).contains("under way is conversations 8 -> 3");
        assertThat(abandoned.exitCode()).as(abandoned.toString()).isZero();
        assertThat(tooLate.errors()).contains("topics were changed already");
        assertThat(done.exitCode()).as(done.toString()).isZero();
        assertThat(done.output()).contains("conversations 8 -> 12, users 8 -> 5", "rebuild-state");
        assertThat(topics())
                .containsEntry("commands", 12)
                .containsEntry("receipts", 12)
                .containsEntry("inbox", 5);
        assertThat(topics().keySet()).noneMatch(topic -> topic.contains("reshard"));
        assertThat(byConversation(LoggedEvents.records(stack, TopicCatalogue.CONVERSATION_EVENTS)))
                .isEqualTo(byConversation(before));
        assertThat(NumberedEntries.of(stack)).hasSameElementsAs(entries).hasSameSizeAs(entries);
        assertThat(LoggedEvents.records(stack, TopicCatalogue.AUDIT))
                .extracting(act -> act.value().getAct() + " " + act.key())
                .containsExactly(
                        "RESHARD_BEGUN conversations",
                        "RESHARD_ABANDONED conversations",
                        "RESHARD_BEGUN conversations",
                        "RESHARD_BEGUN users",
                        "RESHARDED conversations",
                        "RESHARDED users");
        assertThat(tapped()).contains(LoggedEvents.id(last(before, group)));

        var again = await().atMost(PATIENCE)
                .until(
                        () -> RawHttp.of(stack.edgeUrl(1), alice).post("/v1/messages", send(key)),
                        answer -> answer.status() == 200);
        assertThat(again.body().path("duplicate").asBoolean()).isTrue();
        assertThat(again.body().path("messageId")).isEqualTo(first.body().path("messageId"));
        assertThat(again.body().path("seq")).isEqualTo(first.body().path("seq"));
        assertThat(phone.send(Recipient.user(bob), "and then").seq()).isEqualTo(22);
        assertThat(phone.send(Recipient.conversation(group), "and then").seq()).isEqualTo(21);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(bobs.texts(group)).hasSize(21).endsWith("message 19", "and then"));
        for (var device : List.of(phone, bobs)) {
            assertThat(device.snapshots)
                    .as("%s goes on with its cursor", device)
                    .isEmpty();
            assertThat(device.positions()).doesNotHaveDuplicates().isSorted();
            assertThat(device.positions().get(0)).isEqualTo(1);
            assertThat(device.positions().get(device.positions().size() - 1))
                    .isEqualTo(device.positions().size());
        }
        var verified = replay.run("verify");
        assertThat(verified.exitCode()).as(verified.toString()).isZero();
        var sinceSaved = replay.verify("--since-saved");
        assertThat(sinceSaved.exitCode()).isEqualTo(1);
        assertThat(sinceSaved.errors()).contains("begin with verify --save");
        phone.close();
        bobs.close();
    }

    /** Stops what writes and reads, edges first, and waits in between until the router has done everything. */
    private void drain() throws Exception {
        stack.part("edge-1").stop();
        try (var admin = admin()) {
            await().atMost(PATIENCE).until(() -> {
                var ends = ends(admin, TopicCatalogue.USER_COMMANDS.name());
                var users = admin.listConsumerGroupOffsets(TopicCatalogue.USERS_APP)
                        .partitionsToOffsetAndMetadata()
                        .get();
                return ends.entrySet().stream()
                        .allMatch(end -> users.get(end.getKey()).offset() >= end.getValue());
            });
        }
        stack.part("router").stop();
        stack.part("timeline").stop();
    }

    /** Runs until a line begins so, and what it has printed. */
    private String killedAfter(String line, String... arguments) throws Exception {
        var all = new ArrayList<>(List.of("reshard", "--rate", "200"));
        all.addAll(List.of(arguments));
        var running = replay.start(all.toArray(String[]::new));
        await().atMost(PATIENCE)
                .until(() -> Files.readString(running.output()).contains(line)
                        || !running.process().isAlive());
        boolean alive = running.process().isAlive();
        running.process().destroyForcibly();
        var answer = running.await();
        assertThat(alive).as("it was killed: %s", answer).isTrue();
        return answer.output();
    }

    /** A tap that has taken everything but the last event of a conversation. */
    private void standBeforeTheLast(String conversation) throws Exception {
        try (var admin = admin()) {
            var topic = TopicCatalogue.CONVERSATION_EVENTS.name();
            var places = ends(admin, topic);
            var last = last(LoggedEvents.records(stack, TopicCatalogue.CONVERSATION_EVENTS), conversation);
            LoggedEvents.records(stack, TopicCatalogue.CONVERSATION_EVENTS).stream()
                    .filter(record -> record.value().equals(last))
                    .forEach(record -> places.put(new TopicPartition(topic, record.partition()), record.offset()));
            var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
            places.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
            admin.alterConsumerGroupOffsets(TAP, offsets).all().get();
        }
    }

    /** Ids of the events that the tap is given. */
    private List<String> tapped() throws Exception {
        try (var admin = admin()) {
            var places = admin.listConsumerGroupOffsets(TAP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            var events = new ArrayList<String>();
            for (var record : LoggedEvents.records(stack, TopicCatalogue.CONVERSATION_EVENTS)) {
                var place = places.get(new TopicPartition(record.topic(), record.partition()));
                if (record.offset() >= place.offset()) {
                    events.add(LoggedEvents.id(record.value()));
                }
            }
            return events;
        }
    }

    private static ConversationEvent last(
            List<ConsumerRecord<String, ConversationEvent>> records, String conversation) {
        return records.stream()
                .map(ConsumerRecord::value)
                .filter(event -> event.getConversation().equals(conversation))
                .reduce((before, after) -> after)
                .orElseThrow();
    }

    /** What each conversation has, in order, with the record times. */
    private static Map<String, List<String>> byConversation(List<ConsumerRecord<String, ConversationEvent>> records) {
        var by = new HashMap<String, List<String>>();
        records.forEach(record -> by.computeIfAbsent(record.key(), key -> new ArrayList<>())
                .add(record.timestamp() + " " + record.value()));
        return by;
    }

    private Map<String, Integer> topics() throws Exception {
        try (var admin = admin()) {
            var topics = new HashMap<String, Integer>();
            admin.describeTopics(admin.listTopics().names().get())
                    .allTopicNames()
                    .get()
                    .forEach(
                            (name, topic) -> topics.put(name, topic.partitions().size()));
            return topics;
        }
    }

    private static Map<TopicPartition, Long> ends(Admin admin, String topic) throws Exception {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .forEach(p -> asked.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(asked).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
    }

    private String send(String key) {
        return """
                {"clientMessageId":"%s","to":{"user":"%s"},"body":{"kind":"text","text":"one"}}""".formatted(key, bob);
    }
}
