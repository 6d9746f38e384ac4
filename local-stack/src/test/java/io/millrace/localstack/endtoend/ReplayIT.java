package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.MillraceClient;
import io.millrace.client.outbox.Recipient;
import io.millrace.client.outbox.SendHandle;
import io.millrace.client.outbox.SendOptions;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The store is lost and written again from the log, killed half-way; what somebody changed by hand is found and mended.
 * {@code -Dmillrace.replay.messages=N -Dmillrace.replay.members=M} say how much is written: N messages to a group of M.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class ReplayIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MESSAGES = Integer.getInteger("millrace.replay.messages", 150);
    private static final int MEMBERS = Integer.getInteger("millrace.replay.members", 4);
    /** Of which the rows are held against each other here as well. */
    private static final int FEW = 5_000;

    private static final int WINDOW = 64;

    private static final String ALICE = Names.user("alice");
    private static final String BOB = Names.user("bob");
    private static final String CAROL = Names.user("carol");
    private static final String DIRECT = Names.direct(ALICE, BOB);

    @TempDir
    private static Path data;

    private static LocalStack stack;
    private static StoredCells cells;
    private static Device phone;
    private static Device bobs;
    private static String group;
    private static ReplayCommand replay;

    @BeforeAll
    static void talk() throws Exception {
        stack = new LocalStack(StackOptions.at(data.resolve("stack")));
        stack.start();
        replay = new ReplayCommand(stack, Files.createDirectories(data.resolve("state")));
        cells = new StoredCells(stack);
        phone = Device.of(stack.edgeUrl(1), ALICE, "phone").connect();
        bobs = Device.of(stack.edgeUrl(1), BOB, "phone").connect();
        direct();
        group();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        phone.close();
        bobs.close();
        cells.close();
        stack.close();
    }

    private static void direct() {
        for (int i = 1; i <= 6; i++) {
            (i % 2 == 0 ? bobs : phone).send(Recipient.user(i % 2 == 0 ? ALICE : BOB), "message " + i);
        }
        posted(phone.client().edit(DIRECT, 1, MillraceClient.textBody("edited")));
        posted(bobs.client().recall(DIRECT, 2));
        posted(bobs.client().react(DIRECT, 1, "👍", true));
        posted(bobs.client().react(DIRECT, 3, "👎", true));
        posted(bobs.client().react(DIRECT, 3, "👎", false));
        posted(phone.client().read(DIRECT, 4));
        posted(phone.client().delete(DIRECT, 4));
        posted(bobs.client().clear(DIRECT, 1));
        posted(bobs.client().mute(DIRECT, true));
        posted(phone.client().contact(DIRECT, true, "Bobby"));
        posted(phone.client().draft(DIRECT, MillraceClient.textBody("half a sentence")));
        posted(phone.client()
                .send(
                        Recipient.user(BOB),
                        MillraceClient.textBody("tomorrow"),
                        SendOptions.NONE.sentAt(
                                System.currentTimeMillis() + Duration.ofDays(1).toMillis())));
        posted(phone.client()
                .send(
                        Recipient.user(BOB),
                        MillraceClient.textBody("not for ever"),
                        SendOptions.NONE.expiringAt(
                                System.currentTimeMillis() + Duration.ofDays(1).toMillis())));
    }

    private static void group() throws Exception {
        var members = new ArrayList<>(List.of(BOB, CAROL));
        for (int i = members.size() + 1; i < MEMBERS; i++) {
            members.add(Names.user("member"));
        }
        group = phone.client().createGroup("Trip", members).get(30, TimeUnit.SECONDS);
        await().atMost(PATIENCE).until(() -> bobs.entries.stream()
                .anyMatch(e -> e.conversation().equals(group)));
        var open = new ArrayDeque<SendHandle>();
        for (int i = 1; i <= MESSAGES; i++) {
            open.add(phone.client().send(Recipient.conversation(group), "message " + i));
            if (open.size() == WINDOW) {
                posted(open.remove());
            }
        }
        open.forEach(ReplayIT::posted);
        posted(phone.client().react(group, 1, "🎉", true));
        phone.client().setTitle(group, "Long trip").get(30, TimeUnit.SECONDS);
        phone.client().removeMember(group, CAROL).get(30, TimeUnit.SECONDS);
        phone.client()
                .muteMembers(
                        group,
                        List.of(BOB),
                        System.currentTimeMillis() + Duration.ofDays(1).toMillis())
                .get(30, TimeUnit.SECONDS);
        phone.client().setRole(group, BOB, "admin").get(30, TimeUnit.SECONDS);
    }

    @Test
    void shouldBeEqualAfterEveryTableWasLostAndTheRebuildWasKilled() throws Exception {
        // Given
        assertThat(replay.run("verify")).satisfies(ReplayIT::isEqual);
        var before = MESSAGES <= FEW ? rows() : Map.<String, Set<String>>of();
        for (var table : tables()) {
            cells.cql("TRUNCATE " + table);
        }
        assertThat(replay.run("verify").output()).contains("DIFFERENT");

        // When
        var killed = replay.startRebuild("--restart", "--rate", MESSAGES <= FEW ? "50" : "1000000");
        long enough = MESSAGES <= FEW ? 1 : (long) MESSAGES * MEMBERS / 2;
        await("enough is behind it").atMost(Duration.ofMinutes(20)).until(() -> written() >= enough);
        killed.process().destroyForcibly().waitFor();
        assertThat(progress().path("complete").asBoolean()).isFalse();
        assertThat(replay.run("verify").output()).as("half of it").contains("DIFFERENT");
        var resumed = replay.rebuild();

        // Then
        assertThat(resumed.exitCode()).as(resumed.toString()).isZero();
        assertThat(resumed.output()).contains("going on where", "rebuilt everything of keyspace millrace");
        assertThat(progress().path("complete").asBoolean()).isTrue();
        assertThat(replay.run("verify")).satisfies(ReplayIT::isEqual);
        if (MESSAGES <= FEW) {
            assertThat(rows()).isEqualTo(before);
        }
    }

    @Test
    void shouldNameAndMendWhatWasChangedByHand() throws Exception {
        // Given
        var right = cells.message(DIRECT, 3).getBytes("body");
        var epoch = cells.cql("SELECT epoch FROM conversations_by_user WHERE user = ?", BOB)
                .one()
                .getString("epoch");
        cells.cql(
                "UPDATE messages_by_conversation SET body = ? WHERE conversation = ? AND bucket = 0 AND seq = 3",
                body("a slip"),
                DIRECT);
        cells.cql(
                "DELETE FROM timelines_by_user WHERE user = ? AND epoch = ? AND bucket = 0 AND position = 2",
                BOB,
                epoch);
        cells.cql(
                "INSERT INTO events_by_conversation (conversation, bucket, version, kind, at)"
                        + " VALUES (?, 0, 9999, 'MESSAGE', 1)",
                DIRECT);
        cells.cql("INSERT INTO contacts_by_user (user, other, contact) VALUES ('nobody', 'else', true)");
        cells.cql(
                "UPDATE messages_by_conversation SET reactions['mallory 💣'] = 5"
                        + " WHERE conversation = ? AND bucket = 0 AND seq = 1",
                DIRECT);
        cells.cql("DELETE head FROM conversations_by_user WHERE user = ?", CAROL);

        // When
        var found = replay.run("verify");
        var mended = replay.run("repair");

        // Then
        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.output())
                .contains(
                        "DIFFERENT: 6 rows,",
                        "differs  messages_by_conversation conversation=" + DIRECT + " bucket=0 seq=3",
                        "differs  messages_by_conversation conversation=" + DIRECT + " bucket=0 seq=1",
                        "differs  timelines_by_user user=" + BOB + " epoch=" + epoch + " bucket=0 position=2",
                        "differs  events_by_conversation conversation=" + DIRECT + " bucket=0 version=9999",
                        "differs  contacts_by_user user=nobody other=else",
                        "differs  conversations_by_user user=" + CAROL + " (static)")
                .doesNotContain("a slip", "message 3");
        assertThat(mended.exitCode()).as(mended.toString()).isZero();
        assertThat(mended.output()).contains("mended 6 of 6 rows that differed", "equal: ");
        assertThat(cells.message(DIRECT, 3).getBytes("body")).isEqualTo(right);

        // When: what comes later still wins
        posted(phone.client().edit(DIRECT, 3, MillraceClient.textBody("edited after the slip")));

        // Then
        await().atMost(PATIENCE)
                .until(() -> !cells.message(DIRECT, 3).getBytes("body").equals(right));
        assertThat(replay.run("verify", "--conversation", DIRECT)).satisfies(ReplayIT::isEqual);
        assertThat(replay.run("verify", "--user", BOB)).satisfies(ReplayIT::isEqual);
    }

    @Test
    void shouldFillAnotherKeyspaceBesideLiveTraffic() throws Exception {
        // Given
        var rebuild = replay.startRebuild("--keyspace", "millrace_2", "--rate", "500");

        // When
        do {
            phone.send(Recipient.user(BOB), "meanwhile");
        } while (rebuild.process().isAlive());
        phone.send(Recipient.user(BOB), "after it");
        var first = rebuild.await();
        var behind = replay.run("verify", "--keyspace", "millrace_2", "--conversation", DIRECT);
        var caughtUp = replay.rebuild("--keyspace", "millrace_2", "--continue");

        // Then
        assertThat(first.exitCode()).as(first.toString()).isZero();
        assertThat(behind.exitCode()).as(behind.toString()).isEqualTo(1);
        assertThat(caughtUp.exitCode()).as(caughtUp.toString()).isZero();
        assertThat(replay.run("verify", "--keyspace", "millrace_2")).satisfies(ReplayIT::isEqual);
        assertThat(replay.run("verify")).satisfies(ReplayIT::isEqual);
    }

    @Test
    void shouldCompareOnlyWhatIsNewSinceTheLastTime() throws Exception {
        // Given
        assertThat(replay.verify("--save")).satisfies(ReplayIT::isEqual);
        long seq = phone.send(Recipient.user(BOB), "the news").seq();
        posted(phone.client().edit(DIRECT, 1, MillraceClient.textBody("edited again")));

        // When
        var news = replay.verify("--since-saved");
        var nothing = replay.verify("--since-saved");

        // Then
        assertThat(news).satisfies(ReplayIT::isEqual);
        assertThat(news.output()).containsPattern("messages_by_conversation +1 +2 +0");
        assertThat(nothing).satisfies(ReplayIT::isEqual);
        assertThat(nothing.output()).containsPattern("messages_by_conversation +0 +0 +0");

        // When
        long next = phone.send(Recipient.user(BOB), "more news").seq();
        await().atMost(PATIENCE)
                .until(() -> cells.cql(
                                        "SELECT seq FROM messages_by_conversation WHERE conversation = ? AND bucket = 0"
                                                + " AND seq = ?",
                                        DIRECT,
                                        next)
                                .one()
                        != null);
        cells.cql(
                "UPDATE messages_by_conversation SET from_user = 'mallory' WHERE conversation = ? AND bucket = 0"
                        + " AND seq = ?",
                DIRECT,
                next);
        var slip = replay.verify("--since-saved");

        // Then
        assertThat(next).isEqualTo(seq + 1);
        assertThat(slip.exitCode()).isEqualTo(1);
        assertThat(slip.output()).contains("bucket=0 seq=" + next, "store  from_user='mallory'");
        assertThat(replay.run("repair", "--conversation", DIRECT)).satisfies(ReplayIT::isEqual);
    }

    @Test
    void shouldTellAConversationAsItWas() throws Exception {
        // When
        var then = replay.run("as-of", "--conversation", DIRECT, "--version", "1", "--bodies");
        var now = replay.run("as-of", "--conversation", DIRECT);
        var timeline = replay.run("as-of", "--user", BOB, "--position", "2");

        // Then
        var json = new ObjectMapper();
        var first = json.readTree(then.output());
        assertThat(first.path("head").asLong()).isEqualTo(1);
        assertThat(first.at("/tables/messages_by_conversation")).hasSize(1);
        assertThat(first.at("/tables/messages_by_conversation/0/body").asText()).contains("message 1");
        assertThat(now.output()).doesNotContain("message 1", "half a sentence");
        assertThat(json.readTree(now.output())
                        .at("/tables/messages_by_conversation/0/edited_version")
                        .asLong())
                .isPositive();
        assertThat(json.readTree(timeline.output()).at("/tables/timelines_by_user"))
                .hasSize(2);
    }

    private static void isEqual(ReplayCommand.Answer answer) {
        assertThat(answer.output())
                .as(answer.errors())
                .contains("equal: ")
                .doesNotContain("DIFFERENT", "BROKEN", "were not judged");
        assertThat(answer.exitCode()).isZero();
    }

    /** All rows of all tables, as text. */
    private static Map<String, Set<String>> rows() {
        var rows = new TreeMap<String, Set<String>>();
        for (var table : tables()) {
            var found = new HashSet<String>();
            cells.cql("SELECT * FROM " + table).forEach(row -> found.add(row.toString()));
            rows.put(table, found);
        }
        return rows;
    }

    private static List<String> tables() {
        var tables = new ArrayList<String>();
        cells.cql("SELECT table_name FROM system_schema.tables WHERE keyspace_name = 'millrace'")
                .forEach(row -> tables.add(row.getString(0)));
        tables.remove("schema_migrations");
        assertThat(tables).hasSizeGreaterThan(10);
        return tables;
    }

    private static long written() throws IOException {
        if (!Files.exists(progressFile())) {
            return 0;
        }
        long sum = 0;
        for (var offset : progress().path("offsets")) {
            sum += offset.asLong();
        }
        return sum;
    }

    private static ObjectNode progress() throws IOException {
        return (ObjectNode) new ObjectMapper().readTree(progressFile().toFile());
    }

    private static Path progressFile() {
        return data.resolve("state").resolve("rebuild-millrace.json");
    }

    private static ByteBuffer body(String text) {
        return ByteBuffer.wrap(("{\"kind\":\"text\",\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static void posted(SendHandle handle) {
        Device.posted(handle.decision().orTimeout(60, TimeUnit.SECONDS).join());
    }
}
