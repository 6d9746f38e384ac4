package io.millrace.localstack.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.MillraceClient;
import io.millrace.client.outbox.Recipient;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.SharedStack;
import io.millrace.schemas.body.BodyKey;
import io.millrace.schemas.body.KeyLog;
import io.millrace.schemas.body.KeyRing;
import io.millrace.schemas.record.UserKey;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is erased leaves no readable body, wherever one looks, and a replay does not bring it back. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ErasureIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

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
    void shouldLeaveNoReadableBodyAnywhereWhenAUserIsErased() throws Exception {
        // Given: a title is not covered, and shows that the search finds what is there
        var canary = "canary-" + Names.key();
        var control = "control-" + Names.key();
        var bob = Device.of(stack.edgeUrl(1), Names.user("bob"), "phone").connect();
        var alice = Device.of(stack.edgeUrl(1), Names.user("alice"), "phone").connect();
        var direct = Names.direct(alice.user, bob.user);
        alice.send(Recipient.user(bob.user), canary + " direct");
        var group = alice.client().createGroup(control, List.of(bob.user)).get(30, TimeUnit.SECONDS);
        alice.send(Recipient.conversation(group), "to be edited");
        Device.posted(alice.client()
                .edit(group, 1, MillraceClient.textBody(canary + " edited"))
                .decision()
                .get(30, TimeUnit.SECONDS));
        assertThat(schedule(alice.user, direct, canary + " scheduled")).isEqualTo(200);
        bob.send(Recipient.user(alice.user), "what bob wrote");
        await().atMost(PATIENCE).until(() -> bob.texts(direct).contains(canary + " direct"));
        var before = directory.resolve("before");
        assertThat(export(before, alice.user)).isZero();
        var key = keys().of(alice.user).map(BodyKey::bytes).orElseThrow();

        // When
        var erased = replay.run("erase", "--user", alice.user, "--reason", "asked for it", "--by", "olga");

        // Then: of the user
        assertThat(erased.exitCode()).as(erased.toString()).isZero();
        assertThat(erased.output()).contains(alice.user + " erased, keys deleted: 1");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(schedule(alice.user, direct, "again"))
                .isEqualTo(403));
        assertThat(replay.run("hold", "--user", alice.user, "--reason", "too late")
                        .exitCode())
                .isEqualTo(1);
        // of the log and the store
        var topics = topicsWith(allTopics(), control, canary);
        assertThat(topics.get(control)).contains("conversation-events", "commands");
        assertThat(topics.get(canary)).isEmpty();
        assertThat(tablesWith(control)).contains("events_by_conversation");
        assertThat(tablesWith(canary)).isEmpty();
        assertThat(filesWith(stack.options().data().resolve("router"), canary)).isEmpty();
        assertThat(readableWith(before, canary)).isEmpty();
        // of what is served, also after a replay
        assertThat(kinds(bob.user, direct)).containsExactly("unreadable", "unreadable", "message");
        var rebuilt = replay.rebuild("--conversation", direct + "," + group, "--user", bob.user);
        assertThat(rebuilt.exitCode()).as(rebuilt.toString()).isZero();
        assertThat(kinds(bob.user, direct)).containsExactly("unreadable", "unreadable", "message");
        assertThat(replay.run("verify", "--conversation", direct).exitCode()).isZero();
        assertThat(replay.run("as-of", "--conversation", group, "--bodies").output())
                .contains(control)
                .doesNotContain(canary);
        var after = directory.resolve("after");
        assertThat(export(after, alice.user, "--in-the-clear")).isZero();
        assertThat(readableWith(after, canary)).isEmpty();
        assertThat(readableWith(after, "what bob wrote")).isNotEmpty();
        // and of the key, once the brokers have gone over the topic
        compactAtOnce();
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            Device.of(stack.edgeUrl(1), Names.user("new"), "phone").connect().send(Recipient.user(bob.user), "hi");
            var text = new String(key, ISO_8859_1);
            assertThat(topicsWith(Set.of(TopicCatalogue.USER_KEYS.name()), text).get(text))
                    .isEmpty();
        });
        assertThat(bob.send(Recipient.conversation(group), "goes on").seq()).isEqualTo(2);
        bob.close();
        alice.close();
    }

    @Test
    void shouldNotEraseAUserWhoIsHeld() throws Exception {
        // Given
        var bob = Names.user("bob");
        var alice = Device.of(stack.edgeUrl(1), Names.user("alice"), "phone").connect();
        var direct = Names.direct(alice.user, bob);
        alice.send(Recipient.user(bob), "evidence");
        var unreasoned = replay.run("hold", "--user", alice.user);
        var held = replay.run("hold", "--user", alice.user, "--reason", "case 7");

        // When
        var refused = replay.run("erase", "--user", alice.user, "--reason", "asked for it");

        // Then
        assertThat(unreasoned.exitCode()).isEqualTo(2);
        assertThat(held.exitCode()).as(held.toString()).isZero();
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.errors()).contains(alice.user + " is held: case 7");
        assertThat(kinds(bob, direct)).containsExactly("message");
        assertThat(replay.run("release-hold", "--user", alice.user, "--reason", "case closed")
                        .exitCode())
                .isZero();
        assertThat(replay.run("erase", "--user", alice.user, "--reason", "asked for it")
                        .exitCode())
                .isZero();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(kinds(bob, direct)).containsExactly("unreadable"));
        assertThat(LoggedEvents.records(stack, TopicCatalogue.AUDIT).stream()
                        .map(ConsumerRecord::value)
                        .filter(act -> act.getSubject().equals("user:" + alice.user))
                        .map(act -> act.getAct() + ": " + act.getReason()))
                .containsExactly("HELD: case 7", "RELEASED: case closed", "ERASED: asked for it");
        alice.close();
    }

    private static int export(Path to, String user, String... more) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("export", "--user", user, "--closed", "--out", to.toString()));
        arguments.addAll(List.of(more));
        return replay.run(arguments.toArray(String[]::new)).exitCode();
    }

    /** Posts what waits until tomorrow, with a new token; returns the status. */
    private static int schedule(String user, String conversation, String text) throws Exception {
        var token =
                post("dev/token", JSON.createObjectNode().put("user", user), "").body();
        ObjectNode message = JSON.createObjectNode()
                .put("clientMessageId", Names.key())
                .put("sendAt", System.currentTimeMillis() + Duration.ofDays(1).toMillis());
        message.putObject("to").put("conversation", conversation);
        message.putObject("body").put("kind", "text").put("text", text);
        return post("v1/messages", message, JSON.readTree(token).path("token").asText())
                .statusCode();
    }

    private static HttpResponse<String> post(String path, ObjectNode json, String token) throws Exception {
        URI edge = stack.edgeUrl(1);
        var request = HttpRequest.newBuilder(edge.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.toString()));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Of messages and what is scheduled, as the user is served them. */
    private static List<String> kinds(String user, String conversation) throws Exception {
        var kinds = new ArrayList<String>();
        for (var each : new PullClient(stack)
                .get(user, "/v1/conversations/" + conversation + "/events")
                .path("events")) {
            kinds.add(each.at("/event/kind").asText());
        }
        return kinds;
    }

    private static KeyRing keys() {
        return KeyLog.read(
                Map.of("bootstrap.servers", stack.bootstrapServers()),
                RecordSerdes.at(stack.registryUrl()).deserializer(UserKey.class));
    }

    /** Internal ones and changelogs too. */
    private static Set<String> allTopics() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            return admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
        }
    }

    /** By what is sought, those of the topics that have it in any record that a consumer gets. */
    private static Map<String, Set<String>> topicsWith(Set<String> topics, String... sought) {
        var found = new HashMap<String, Set<String>>();
        List.of(sought).forEach(each -> found.put(each, new HashSet<>()));
        Map<String, Object> client = Map.of("bootstrap.servers", stack.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    found.forEach((each, in) -> {
                        if (has(record.key(), each) || has(record.value(), each)) {
                            in.add(record.topic());
                        }
                    });
                }
            }
        }
        return found;
    }

    private static boolean has(byte[] bytes, String sought) {
        return bytes != null && new String(bytes, ISO_8859_1).contains(sought);
    }

    private static List<String> tablesWith(String text) {
        var found = new ArrayList<String>();
        try (var cells = new StoredCells(stack)) {
            for (var table :
                    cells.cql("SELECT table_name FROM system_schema.tables WHERE keyspace_name = 'millrace'")) {
                var name = table.getString(0);
                for (var row : cells.cql("SELECT * FROM " + name)) {
                    boolean has = false;
                    for (int i = 0; i < row.getColumnDefinitions().size(); i++) {
                        var cell = row.getBytesUnsafe(i);
                        has |= cell != null
                                && ISO_8859_1
                                        .decode(cell.duplicate())
                                        .toString()
                                        .contains(text);
                    }
                    if (has && !found.contains(name)) {
                        found.add(name);
                    }
                }
            }
        }
        return found;
    }

    private static List<Path> filesWith(Path root, String text) throws IOException {
        var found = new ArrayList<Path>();
        try (var files = Files.walk(root)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                try {
                    if (Files.readString(file, ISO_8859_1).contains(text)) {
                        found.add(file);
                    }
                } catch (NoSuchFileException e) {
                    // the store has put another in its place
                }
            }
        }
        return found;
    }

    /** Events of an export that say this to whoever has the files, and the keys that the log has now. */
    private static List<GenericRecord> readableWith(Path export, String text) throws IOException {
        var keys = keys();
        var found = new ArrayList<GenericRecord>();
        try (var events = new DataFileReader<GenericRecord>(
                export.resolve("conversation-events.avro").toFile(), new GenericDatumReader<>())) {
            for (var event : events) {
                var body = (ByteBuffer) event.get("body");
                var keyId = event.get("bodyKey");
                var clear = keyId == null
                        ? body
                        : keys.decrypt(keyId.toString(), body).orElse(body);
                if (UTF_8.decode(clear.duplicate()).toString().contains(text)) {
                    found.add(event);
                }
            }
        }
        return found;
    }

    /** What takes a day, so that a test sees it. */
    private static void compactAtOnce() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            var topic = new ConfigResource(ConfigResource.Type.TOPIC, TopicCatalogue.USER_KEYS.name());
            var settings = Map.of(
                            "max.compaction.lag.ms", "1000",
                            "segment.ms", "1000",
                            "min.cleanable.dirty.ratio", "0.001",
                            "delete.retention.ms", "1000")
                    .entrySet()
                    .stream()
                    .map(each -> new AlterConfigOp(
                            new ConfigEntry(each.getKey(), each.getValue()), AlterConfigOp.OpType.SET))
                    .toList();
            admin.incrementalAlterConfigs(Map.of(topic, settings)).all().get();
        }
    }
}
