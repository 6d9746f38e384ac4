package io.millrace.router;

import io.millrace.router.conversation.ConversationSettings;
import io.millrace.router.conversation.ConversationsTopology;
import io.millrace.router.runtime.Section;
import io.millrace.router.runtime.StageStore;
import io.millrace.router.user.UsersTopology;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;

/** Both applications with one partition each; what the first writes for the second is handed on at once. */
public final class TwoStages implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration STEP = Duration.ofMillis(10);

    private final RecordSerdes serdes = RecordSerdes.on(new InMemoryRegistry());
    private final TopologyTestDriver first;
    private final TopologyTestDriver second;
    private final TestInputTopic<String, Command> commands;
    private final TestInputTopic<String, Receipt> receiptsIn;
    private final TestInputTopic<String, InboxRecord> inboxIn;
    private final TestInputTopic<String, UserCommand> userCommands;
    private final TestInputTopic<String, Signal> signalsIn;
    private final TestOutputTopic<String, InboxRecord> inbox;
    private final TestOutputTopic<String, Signal> signals;
    private final TestOutputTopic<String, Delivery> decisions;
    private final TestOutputTopic<String, Receipt> receipts;
    private final TestOutputTopic<String, Delivery> deliveries;
    private final TestOutputTopic<String, TimelineEntry> entries;
    private final List<Receipt> written = new ArrayList<>();

    public TwoStages(int maxMembers) {
        first = driver(
                TopicCatalogue.CONVERSATIONS_APP,
                new ConversationsTopology(serdes, 1, ConversationSettings.of(maxMembers, Duration.ofHours(24))).get());
        second = driver(TopicCatalogue.USERS_APP, new UsersTopology(serdes, "e1", Duration.ofSeconds(30)).get());
        commands = input(first, TopicCatalogue.COMMANDS);
        receiptsIn = input(first, TopicCatalogue.RECEIPTS);
        inboxIn = input(second, TopicCatalogue.INBOX);
        userCommands = input(second, TopicCatalogue.USER_COMMANDS);
        signalsIn = input(second, TopicCatalogue.SIGNALS);
        inbox = output(first, TopicCatalogue.INBOX);
        signals = output(first, TopicCatalogue.SIGNALS);
        decisions = output(first, TopicCatalogue.DELIVERIES);
        receipts = output(second, TopicCatalogue.RECEIPTS);
        deliveries = output(second, TopicCatalogue.DELIVERIES);
        entries = output(second, TopicCatalogue.TIMELINE_ENTRIES);
    }

    /** Decides a command; its event is in all timelines afterwards. */
    public Decision decide(Command command) {
        commands.pipeInput(command.getConversation(), command);
        handOn();
        return Objects.requireNonNull(decisions.readValue().getDecision());
    }

    /** Time passes. */
    public void later(Duration time) {
        commands.advanceTime(time);
        userCommands.advanceTime(time);
        signalsIn.advanceTime(time);
        first.advanceWallClockTime(time);
        handOn();
    }

    /** A session asks who is there; nothing is decided. */
    public List<Delivery> askPresence(Command command) {
        deliveries.readValuesToList();
        commands.pipeInput(command.getConversation(), command);
        handOn();
        return deliveries.readValuesToList();
    }

    /** Somebody types; nothing is decided. */
    public void type(String user, String conversation) {
        commands.pipeInput(
                conversation,
                Commands.command(CommandType.TYPING, user, conversation, "typing", "")
                        .build());
        handOn();
    }

    /** Everything that is delivered because of a user command, the decision included. */
    public List<Delivery> apply(UserCommand command) {
        deliveries.readValuesToList();
        var key = command.getUser() == null ? command.getOrigin().getEdge() : command.getUser();
        userCommands.pipeInput(key, command);
        receipts.readValuesToList().forEach(r -> {
            written.add(r);
            receiptsIn.pipeInput(r.getConversation() + ' ' + r.getUser(), r);
        });
        handOn();
        return deliveries.readValuesToList();
    }

    /** What was delivered since it was last asked for. */
    public List<Delivery> delivered() {
        return deliveries.readValuesToList();
    }

    /** Entries since they were last asked for. */
    public List<TimelineEntry> entries() {
        return entries.readValuesToList();
    }

    /** Every receipt that was written. */
    public List<Receipt> receipts() {
        return written;
    }

    /** What the first application remembers under a key; null for nothing. */
    public <K, V> V conversations(Section<K, V> section, K key) {
        return new StageStore(TopicCatalogue.CONVERSATIONS_APP, serdes)
                .open(first.getKeyValueStore(StageStore.NAME), section)
                .get(key);
    }

    /** What the second application remembers under a key; null for nothing. */
    public <K, V> V users(Section<K, V> section, K key) {
        return new StageStore(TopicCatalogue.USERS_APP, serdes)
                .open(second.getKeyValueStore(StageStore.NAME), section)
                .get(key);
    }

    private void handOn() {
        inbox.readValuesToList()
                .forEach(record -> inboxIn.pipeInput(record.getEvent().getConversation(), record));
        signals.readValuesToList().forEach(signal -> signalsIn.pipeInput(signal.getConversation(), signal));
    }

    private <V extends SpecificRecord> TestInputTopic<String, V> input(TopologyTestDriver driver, TopicSpec<V> topic) {
        return driver.createInputTopic(
                topic.name(), new StringSerializer(), serdes.serializer(topic.value()), START, STEP);
    }

    private <V extends SpecificRecord> TestOutputTopic<String, V> output(
            TopologyTestDriver driver, TopicSpec<V> topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), serdes.deserializer(topic.value()));
    }

    private static TopologyTestDriver driver(String application, Topology topology) {
        var p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        return new TopologyTestDriver(topology, p, START);
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
