package io.millrace.router.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.router.Commands;
import io.millrace.router.InMemoryRegistry;
import io.millrace.router.conversation.ConversationFold;
import io.millrace.router.conversation.ConversationSettings;
import io.millrace.router.conversation.ConversationsTopology;
import io.millrace.router.runtime.ChangelogRecord;
import io.millrace.router.runtime.StageStore;
import io.millrace.router.user.UserFold;
import io.millrace.router.user.UserStores;
import io.millrace.router.user.UsersTopology;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.JoinRule;
import io.millrace.schemas.record.Origin;
import io.millrace.schemas.record.Role;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is folded from the public topics, whatever was asked, is, byte for byte, what the topologies had. */
class RebuiltStateTest {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration WINDOW = Duration.ofHours(24);
    private static final List<String> USERS = List.of("alice", "bob", "carol", "dave");
    private static final Set<Character> OF_TIMELINES =
            Set.of(UserStores.TIMELINES.tag(), UserStores.USER_CONVERSATIONS.tag());
    private static final int COMMANDS = 600;

    private final RecordSerdes serdes = RecordSerdes.on(new InMemoryRegistry());

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldEqualTheStateThatWasLost(long seed) {
        // Given
        var random = new Random(seed);
        var conversations = new ConversationFold(WINDOW);
        var users = new UserFold();
        Map<String, String> lost;
        Map<String, String> rebuilt = new HashMap<>();

        // When
        List<InboxRecord> inbox;
        try (var driver = driver(
                TopicCatalogue.CONVERSATIONS_APP,
                new ConversationsTopology(serdes, 1, ConversationSettings.of(3, WINDOW)).get())) {
            var commands = driver.createInputTopic(
                    TopicCatalogue.COMMANDS.name(),
                    new StringSerializer(),
                    serdes.serializer(Command.class),
                    START,
                    Duration.ofSeconds(1));
            for (int i = 0; i < COMMANDS; i++) {
                var command = command(random);
                commands.pipeInput(command.getConversation(), command);
                driver.advanceWallClockTime(Duration.ofSeconds(1));
            }
            read(driver, TopicCatalogue.CONVERSATION_EVENTS).forEach(conversations::apply);
            read(driver, TopicCatalogue.REJECTIONS).forEach(conversations::apply);
            inbox = read(driver, TopicCatalogue.INBOX);
            lost = changelog(driver, TopicCatalogue.CONVERSATIONS_APP);
        }
        try (var driver =
                driver(TopicCatalogue.USERS_APP, new UsersTopology(serdes, "e1", Duration.ofSeconds(30)).get())) {
            var inboxTopic = driver.createInputTopic(
                    TopicCatalogue.INBOX.name(),
                    new StringSerializer(),
                    serdes.serializer(InboxRecord.class),
                    START,
                    Duration.ofSeconds(1));
            var reads = driver.createInputTopic(
                    TopicCatalogue.USER_COMMANDS.name(),
                    new StringSerializer(),
                    serdes.serializer(UserCommand.class),
                    START,
                    Duration.ofSeconds(1));
            inbox.forEach(record -> {
                inboxTopic.pipeInput(record.getEvent().getConversation(), record);
                var own = own(random, record);
                reads.pipeInput(own.getUser(), own);
            });
            read(driver, TopicCatalogue.TIMELINE_ENTRIES).forEach(users::apply);
            lost.putAll(changelog(driver, TopicCatalogue.USERS_APP));
        }
        conversations.forEach(r -> add(rebuilt, TopicCatalogue.CONVERSATIONS_APP, r));
        users.forEach(r -> add(rebuilt, TopicCatalogue.USERS_APP, r));

        // Then
        assertThat(lost).hasSizeGreaterThan(COMMANDS / 2);
        assertThat(rebuilt).containsExactlyInAnyOrderEntriesOf(lost);
    }

    /** A command of any type, often a wrong one, now and then one that was there before. */
    private static Command command(Random random) {
        var user = USERS.get(random.nextInt(USERS.size()));
        var other = USERS.get(random.nextInt(USERS.size()));
        var key = "k" + random.nextInt(COMMANDS * 2);
        var group = Commands.create("alice", "g" + random.nextInt(3), "Trip", "bob");
        var conversation = random.nextBoolean()
                ? group.getConversation()
                : user.compareTo(other) < 0 ? "d:" + user + ":" + other : "d:" + other + ":" + user;
        return switch (random.nextInt(20)) {
            case 0 -> group;
            case 1 -> Commands.members(CommandType.ADD_MEMBERS, user, conversation, key, other);
            case 2 -> Commands.members(CommandType.REMOVE_MEMBER, user, conversation, key, other);
            case 3 -> Commands.about(CommandType.REACT, user, conversation, key, random.nextInt(5));
            case 4 ->
                Command.newBuilder(Commands.about(CommandType.REACT, user, conversation, key, random.nextInt(5)))
                        .setReactionRemoved(true)
                        .build();
            case 5 -> Commands.about(CommandType.RECALL, user, conversation, key, random.nextInt(20));
            case 6 -> Commands.about(CommandType.EDIT, user, conversation, key, random.nextInt(20));
            case 7 ->
                Commands.command(CommandType.SET_ROLE, "alice", conversation, key, "role")
                        .setUsers(List.of(other))
                        .setRole(random.nextInt(4) == 0 ? Role.OWNER : random.nextBoolean() ? Role.ADMIN : Role.MEMBER)
                        .build();
            case 8 ->
                Commands.command(CommandType.MUTE, "alice", conversation, key, "mute")
                        .setUsers(random.nextBoolean() ? List.of() : List.of(other))
                        .setUntil(random.nextBoolean() ? null : START.plusSeconds(random.nextInt(2 * COMMANDS)))
                        .build();
            case 9 ->
                Commands.command(CommandType.BLOCK, user, conversation, key, "block")
                        .build();
            case 10 ->
                Commands.command(CommandType.UNBLOCK, user, conversation, key, "unblock")
                        .build();
            case 11 ->
                random.nextInt(10) == 0
                        ? Commands.command(CommandType.DISSOLVE, user, conversation, key, "dissolve")
                                .build()
                        : Commands.command(CommandType.SEND, user, conversation, key, "all " + random.nextInt(3))
                                .setMentionAll(true)
                                .build();
            case 12, 13 ->
                Commands.command(CommandType.SEND, user, conversation, key, "later")
                        .setBodyKind(random.nextBoolean() ? "text" : "call")
                        .setSendAt(START.plusSeconds(random.nextInt(2 * COMMANDS)))
                        .setExpiresAt(random.nextBoolean() ? null : START.plusSeconds(2 * COMMANDS))
                        .build();
            case 14 ->
                Commands.command(CommandType.UNSCHEDULE, user, conversation, key, "unschedule")
                        .setTargetVersion((long) random.nextInt(60))
                        .build();
            case 15 ->
                Commands.command(CommandType.LINK, user, conversation, key, "link")
                        .setLink("link-" + random.nextInt(3))
                        .setUntil(random.nextInt(3) == 0 ? null : START.plusSeconds(random.nextInt(2 * COMMANDS)))
                        .build();
            case 16 ->
                Commands.command(CommandType.JOIN, user, conversation, key, "join")
                        .setLink(random.nextBoolean() ? null : "link-" + random.nextInt(3))
                        .build();
            case 17 ->
                Commands.command(CommandType.SET_GROUP, user, conversation, key, "group")
                        .setAnnouncement(random.nextBoolean() ? null : "announcement " + random.nextInt(3))
                        .setJoinRule(random.nextBoolean() ? JoinRule.OPEN : JoinRule.INVITATION)
                        .build();
            default -> Commands.send(user, conversation, key, "text " + random.nextInt(3));
        };
    }

    /** Something that a user does to its own timeline. */
    private static UserCommand own(Random random, InboxRecord record) {
        var types = List.of(UserCommandType.READ, UserCommandType.SETTINGS, UserCommandType.DELETE);
        return UserCommand.newBuilder()
                .setType(types.get(random.nextInt(types.size())))
                .setUser(record.getMembers().get(0))
                .setDevice("phone")
                .setClientMessageId("r" + random.nextInt())
                .setConversation(record.getEvent().getConversation())
                .setSeq((long) random.nextInt(20))
                .setMuted(random.nextBoolean() ? null : random.nextBoolean())
                .setPinned(random.nextBoolean() ? null : random.nextBoolean())
                .setHidden(random.nextBoolean() ? null : random.nextBoolean())
                .setClearedSeq(random.nextInt(4) > 0 ? null : (long) random.nextInt(20))
                .setContact(record.getEvent().getConversation().startsWith("d:") ? random.nextBoolean() : null)
                .setOrigin(new Origin("e-1", 1, "s-1", 1L))
                .build();
    }

    private static TopologyTestDriver driver(String application, Topology topology) {
        var p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        return new TopologyTestDriver(topology, p, START);
    }

    private <V extends SpecificRecord> List<V> read(TopologyTestDriver driver, TopicSpec<V> topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), serdes.deserializer(topic.value()))
                .readValuesToList();
    }

    /** The state that the log has, as the changelog keeps it; what is only about devices that are there is not. */
    private static Map<String, String> changelog(TopologyTestDriver driver, String application) {
        var latest = new HashMap<String, String>();
        var topic = TopicCatalogue.changelog(application, TopicCatalogue.STATE);
        driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readKeyValuesToList()
                .forEach(kv -> {
                    if (kv.value == null) {
                        latest.remove(name(topic, kv.key));
                    } else if (application.equals(TopicCatalogue.CONVERSATIONS_APP)
                            || OF_TIMELINES.contains((char) kv.key[0])) {
                        latest.put(name(topic, kv.key), Arrays.toString(kv.value));
                    }
                });
        return latest;
    }

    private void add(Map<String, String> to, String application, ChangelogRecord<?, ?> record) {
        var store = new StageStore(application, serdes);
        var topic = TopicCatalogue.changelog(application, TopicCatalogue.STATE);
        to.put(name(topic, store.key(record)), Arrays.toString(store.value(record)));
    }

    private static String name(String topic, byte[] key) {
        return topic + " " + new String(key, StandardCharsets.ISO_8859_1);
    }
}
