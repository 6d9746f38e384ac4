package io.millrace.schemas.topic;

import static io.millrace.schemas.topic.TopicSpec.Partitioning.CONVERSATIONS;
import static io.millrace.schemas.topic.TopicSpec.Partitioning.LANES;
import static io.millrace.schemas.topic.TopicSpec.Partitioning.SINGLE;
import static io.millrace.schemas.topic.TopicSpec.Partitioning.USERS;

import io.millrace.schemas.record.Broadcast;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.OperatorAct;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.Rejection;
import io.millrace.schemas.record.Revocation;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserKey;
import io.millrace.schemas.record.WebhookDeadLetter;
import io.millrace.schemas.record.WebhookState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every topic there is, and who writes it. Changelogs of the router's stores come on top and are its own. */
public final class TopicCatalogue {
    /** Application id, consumer group and prefix of internal topics of the first stage. */
    public static final String CONVERSATIONS_APP = "conversations";
    /** Application id, consumer group and prefix of internal topics of the second stage. */
    public static final String USERS_APP = "users";

    /** Is there as long as partition counts are being changed: nothing starts and nothing is provisioned meanwhile. */
    public static final String RESHARD = "reshard";

    /**
     * Is there as long as the router's state is being made again: no router starts meanwhile. Named so that the router has
     * the rights to it.
     */
    public static final String REBUILD = CONVERSATIONS_APP + "-rebuild";

    /** Store of each stage that numbers go on from: where there is output and its changelog is empty, none may start. */
    public static final String STATE = "state";

    private static final String CHANGELOG = "-changelog";
    private static final Optional<Duration> FOR_EVER = Optional.empty();
    private static final Optional<Duration> WEEK = Optional.of(Duration.ofDays(7));

    public static final TopicSpec<Command> COMMANDS = new TopicSpec<>(
            "commands",
            Command.class,
            "conversation id",
            CONVERSATIONS,
            WEEK,
            false,
            true,
            "edge-connector",
            "What users ask of conversations, accepted but undecided.");
    public static final TopicSpec<UserCommand> USER_COMMANDS = new TopicSpec<>(
            "user-commands",
            UserCommand.class,
            "user id (signs of life: edge id)",
            USERS,
            WEEK,
            false,
            true,
            "edge-connector",
            "Sessions, reads, device cursors, signs of life of edges.");
    public static final TopicSpec<ConversationEvent> CONVERSATION_EVENTS = new TopicSpec<>(
            "conversation-events",
            ConversationEvent.class,
            "conversation id",
            CONVERSATIONS,
            FOR_EVER,
            false,
            false,
            "streams-router",
            "The public log: everything that happened, numbered and final.");
    public static final TopicSpec<Rejection> REJECTIONS = new TopicSpec<>(
            "rejections",
            Rejection.class,
            "conversation id",
            CONVERSATIONS,
            WEEK,
            false,
            false,
            "streams-router",
            "Rejected commands, so that a retry is rejected alike even after a rebuild.");
    public static final TopicSpec<InboxRecord> INBOX = new TopicSpec<>(
            "inbox",
            InboxRecord.class,
            "conversation id",
            USERS,
            WEEK,
            false,
            false,
            "streams-router",
            "Events on their way into timelines, one record per partition of users.");
    public static final TopicSpec<TimelineEntry> TIMELINE_ENTRIES = new TopicSpec<>(
            "timeline-entries",
            TimelineEntry.class,
            "user id",
            USERS,
            FOR_EVER,
            false,
            false,
            "streams-router",
            "The public log of every user's timeline: the authority for positions.");
    public static final TopicSpec<Receipt> RECEIPTS = new TopicSpec<>(
            "receipts",
            Receipt.class,
            "conversation id, a space, user id",
            CONVERSATIONS,
            FOR_EVER,
            true,
            false,
            "streams-router",
            "How far each user has received and read a conversation; partition: that of the conversation id.");
    public static final TopicSpec<Signal> SIGNALS = new TopicSpec<>(
            "signals",
            Signal.class,
            "conversation id",
            USERS,
            Optional.of(Duration.ofHours(1)),
            false,
            false,
            "streams-router",
            "Typing and receipts on their way to sessions, kept nowhere.");
    public static final TopicSpec<Delivery> DELIVERIES = new TopicSpec<>(
            "deliveries",
            Delivery.class,
            "edge id",
            LANES,
            Optional.of(Duration.ofHours(1)),
            false,
            false,
            "streams-router",
            "Entries, decisions and session news for edges; partition: the edge's lane.");
    public static final TopicSpec<Broadcast> BROADCASTS = new TopicSpec<>(
            "broadcasts",
            Broadcast.class,
            "conversation id",
            CONVERSATIONS,
            Optional.of(Duration.ofDays(1)),
            false,
            false,
            "streams-router",
            "Events of shared conversations (large groups, rooms) for edges with followers.");
    public static final TopicSpec<Revocation> REVOCATIONS = new TopicSpec<>(
            "revocations",
            Revocation.class,
            "user:<id> or token:<jti>",
            SINGLE,
            FOR_EVER,
            true,
            true,
            "operator",
            "Tokens that are no longer honoured; read whole before a service is ready.");
    public static final TopicSpec<Epoch> EPOCHS = new TopicSpec<>(
            "epochs",
            Epoch.class,
            "current",
            SINGLE,
            FOR_EVER,
            true,
            true,
            "operator",
            "Names the numbering, the cluster and the partition counts it belongs to.");
    public static final TopicSpec<UserKey> USER_KEYS = new TopicSpec<>(
                    "user-keys",
                    UserKey.class,
                    "key:<id of the key> or user:<id>",
                    SINGLE,
                    FOR_EVER,
                    true,
                    true,
                    "edge-connector, operator",
                    "The keys that bodies are encrypted with, and who is erased or held; read whole before a service is ready.")
            .forgettingWithin(Duration.ofDays(1));
    public static final TopicSpec<WebhookState> WEBHOOK_STATES = new TopicSpec<>(
            "webhook-states",
            WebhookState.class,
            "name of the subscriber, or <name>/begun",
            SINGLE,
            FOR_EVER,
            true,
            true,
            "webhooks",
            "Which subscribers of webhooks are paused, and which have begun; read whole before a dispatcher is ready.");
    public static final TopicSpec<WebhookDeadLetter> WEBHOOK_DEAD_LETTERS = new TopicSpec<>(
            "webhook-dead-letters",
            WebhookDeadLetter.class,
            "conversation id",
            CONVERSATIONS,
            Optional.of(Duration.ofDays(90)),
            false,
            false,
            "webhooks",
            "Events that a subscriber of webhooks did not get, with the cause; nothing of the event itself.");
    public static final TopicSpec<OperatorAct> AUDIT = new TopicSpec<>(
            "audit",
            OperatorAct.class,
            "what it was done to",
            SINGLE,
            FOR_EVER,
            false,
            true,
            "operator",
            "What operators did to the log by hand: who, when, to what and why.");
    public static final TopicSpec<DeadLetter> COMMANDS_DEAD_LETTERS = deadLetters(COMMANDS);
    public static final TopicSpec<DeadLetter> USER_COMMANDS_DEAD_LETTERS = deadLetters(USER_COMMANDS);

    /** All topics, in the order of the flow. */
    public static final List<TopicSpec<?>> ALL = List.of(
            COMMANDS,
            USER_COMMANDS,
            CONVERSATION_EVENTS,
            REJECTIONS,
            INBOX,
            TIMELINE_ENTRIES,
            RECEIPTS,
            SIGNALS,
            DELIVERIES,
            BROADCASTS,
            REVOCATIONS,
            EPOCHS,
            USER_KEYS,
            WEBHOOK_STATES,
            WEBHOOK_DEAD_LETTERS,
            AUDIT,
            COMMANDS_DEAD_LETTERS,
            USER_COMMANDS_DEAD_LETTERS);

    /** Between parts of ours: they change, and go, without notice. All others are public: docs/topics.md says what may be relied on. */
    static final List<TopicSpec<?>> INTERNAL = List.of(INBOX, SIGNALS, DELIVERIES, BROADCASTS, WEBHOOK_STATES);

    /** Sources of each application: they never reset an offset, so the first one is committed when a topic is created. */
    public static final Map<String, List<TopicSpec<?>>> SOURCES =
            Map.of(CONVERSATIONS_APP, List.of(COMMANDS, RECEIPTS), USERS_APP, List.of(INBOX, USER_COMMANDS, SIGNALS));

    private TopicCatalogue() {}

    /** The changelog of a store, as Kafka Streams names it. */
    public static String changelog(String application, String store) {
        return application + "-" + store + CHANGELOG;
    }

    /** Whether a topic is the changelog of a store of this application, in this version or another. */
    public static boolean isChangelog(String application, String topic) {
        return topic.startsWith(application + "-") && topic.endsWith(CHANGELOG);
    }

    private static TopicSpec<DeadLetter> deadLetters(TopicSpec<?> source) {
        return new TopicSpec<>(
                source.name() + ".dlq",
                DeadLetter.class,
                "key of the source record",
                source.partitioning(),
                Optional.of(Duration.ofDays(90)),
                false,
                false,
                "streams-router",
                "Records of " + source.name() + " that could not be taken, with the cause.");
    }
}
