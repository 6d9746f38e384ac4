package io.millrace.localstack.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.datastax.driver.core.exceptions.DriverException;
import com.datastax.driver.core.exceptions.UnauthorizedException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.millrace.client.ClientListener;
import io.millrace.client.MillraceClient;
import io.millrace.client.http.DevTokens;
import io.millrace.client.outbox.Decision;
import io.millrace.client.outbox.Recipient;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.MemoryTimelineStore;
import io.millrace.localstack.BuiltParts;
import io.millrace.localstack.child.ChildJvm;
import io.millrace.localstack.contract.AnalyticsProcess;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipe of runbooks/secure-servers.md on real servers: what works with it, and who is kept out by it. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
final class SecuredStackIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static SecuredStack stack;

    @BeforeAll
    static void start() throws Exception {
        stack = SecuredStack.running();
    }

    @Test
    void shouldChatWhenEveryServerAsksWhoIsThere() throws Exception {
        // Given
        var alice = user("alice");
        var bob = user("bob");
        var entries = new CopyOnWriteArrayList<Entry>();

        // When
        try (var sending = client(alice, new ArrayList<>());
                var receiving = client(bob, entries)) {
            sending.connect();
            receiving.connect();
            var decision =
                    sending.send(Recipient.user(bob), "behind locks").decision().get(60, TimeUnit.SECONDS);

            // Then
            assertThat(decision).isInstanceOf(Decision.Posted.class);
            await().atMost(PATIENCE).until(() -> !entries.isEmpty());
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .untilAsserted(() -> assertThat(receiving
                                    .history(entries.get(0).conversation(), null, 10)
                                    .get(10, TimeUnit.SECONDS)
                                    .messages())
                            .hasSize(1));
        }
        assertThat(stack.logs()).doesNotContain(stack.secrets());
    }

    @Test
    void shouldLetATapReadTheLogAndNothingElse() throws Exception {
        // Given
        var alice = user("alice");
        try (var sending = client(alice, new ArrayList<>())) {
            sending.connect();
            sending.send(Recipient.user(user("bob")), "for the tap").decision().get(60, TimeUnit.SECONDS);
        }
        var settings = new HashMap<>(stack.client("tap"));
        settings.putAll(Map.of("group.id", "tap-analytics", "auto.offset.reset", "earliest"));

        // When
        var seen = new ArrayList<ConversationEvent>();
        var events =
                RecordSerdes.at(stack.registryUrl(), stack.registryAccess()).deserializer(ConversationEvent.class);
        try (var tap = new KafkaConsumer<>(settings, new StringDeserializer(), events)) {
            tap.subscribe(List.of("conversation-events"));
            await().atMost(PATIENCE).until(() -> {
                tap.poll(Duration.ofMillis(200)).forEach(record -> seen.add(record.value()));
                return seen.stream().anyMatch(event -> event.toString().contains(alice));
            });
        }

        // Then
        assertThat(write("tap", "conversation-events")).isInstanceOf(TopicAuthorizationException.class);
        try (var tap = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            tap.subscribe(List.of("commands"));
            assertThatThrownBy(() -> tap.poll(Duration.ofSeconds(20))).isInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void shouldLetEachTapOfThePageReadItsTopicsAndNothingElse() throws Exception {
        // Given
        var readable = Map.of(
                "tap-events", Set.of("conversation-events"),
                "tap-bodies", Set.of("conversation-events", "user-keys"),
                "tap-receipts", Set.of("receipts", "rejections"),
                "tap-analytics", Set.of("conversation-events", "receipts", "timeline-entries"));
        var topics = TopicCatalogue.ALL.stream().map(topic -> topic.name()).toList();

        // When
        stack.grantRights(BuiltParts.repository().resolve("docs/taps.md"));

        // Then
        for (var tap : readable.keySet()) {
            try (var consumer = reader(tap, tap.equals("tap-analytics") ? tap : tap + "-one")) {
                for (var topic : topics) {
                    var read = catchThrowable(() -> consumer.beginningOffsets(List.of(new TopicPartition(topic, 0))));
                    assertThat(read == null)
                            .as(tap + " reads " + topic + ": " + read)
                            .isEqualTo(readable.get(tap).contains(topic));
                    assertThat(write(tap, topic))
                            .as(tap + " writes " + topic)
                            .isInstanceOf(TopicAuthorizationException.class);
                }
            }
            try (var consumer = reader(tap, "timeline-writer")) {
                assertThatThrownBy(() -> consumer.committed(Set.of(new TopicPartition("conversation-events", 0))))
                        .as(tap + " in a group of others")
                        .isInstanceOf(GroupAuthorizationException.class);
            }
        }
    }

    @Test
    void shouldRunTheExampleWithTheRightsOfThePage(@TempDir Path directory) throws Exception {
        // Given
        stack.grantRights(BuiltParts.repository().resolve("docs/taps.md"));
        try (var sending = client(user("alice"), new ArrayList<>())) {
            sending.connect();
            sending.send(Recipient.user(user("bob")), "to be counted")
                    .decision()
                    .get(60, TimeUnit.SECONDS);
        }
        var environment = Map.of(
                "KAFKA",
                stack.bootstrap(),
                "REGISTRY",
                stack.registryUrl(),
                "CLIENT_PROPERTIES",
                stack.clientFile("tap-analytics").toString());

        // When
        try (var analytics = AnalyticsProcess.start(environment, directory)) {
            // Then
            await().atMost(PATIENCE.multipliedBy(2))
                    .until(() -> analytics.sum("direct") > 0 && analytics.sum("activeUsers") > 0);
        }
    }

    private static KafkaConsumer<String, String> reader(String tap, String group) {
        var settings = new HashMap<>(stack.client(tap));
        settings.put("group.id", group);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stranger", "tap", "edge", "timeline", "webhooks", "operator"})
    void shouldRefuseEverybodyButTheRouterWhenTheLogIsWritten(String user) {
        for (var topic : List.of("conversation-events", "inbox", "timeline-entries", "conversations-state-changelog")) {
            assertThat(write(user, topic)).as(topic).isInstanceOf(TopicAuthorizationException.class);
        }
        var settings = new HashMap<>(stack.client(user));
        settings.put("transactional.id", "conversations-zombie");
        try (var zombie = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            assertThatThrownBy(zombie::initTransactions).isInstanceOf(TransactionalIdAuthorizationException.class);
        }
    }

    @Test
    void shouldLetNobodyButRefanDeliverAgain() {
        // Given
        for (var topic :
                List.of("commands", "conversation-events", "timeline-entries", "conversations-state-changelog")) {
            assertThat(write("refan", topic)).as(topic).isInstanceOf(TopicAuthorizationException.class);
        }
        var settings = new HashMap<>(stack.client("refan"));
        settings.put("transactional.id", "operator");

        // When
        try (var refan = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            refan.initTransactions();
            refan.beginTransaction();
            var act = refan.send(new ProducerRecord<>("audit", new byte[0]));
            var record = refan.send(new ProducerRecord<>("inbox", 0, new byte[0], new byte[0]));
            refan.flush();

            // Then
            assertThat(act).succeedsWithin(PATIENCE);
            assertThat(record).succeedsWithin(PATIENCE);
            refan.abortTransaction();
        }
    }

    @Test
    void shouldPostTheLogToASubscriberWithTheRightsOfTheWebhooksService() throws Exception {
        // Given
        try (var sending = client(user("alice"), new ArrayList<>())) {
            sending.connect();
            sending.send(Recipient.user(user("bob")), "for a subscriber")
                    .decision()
                    .get(60, TimeUnit.SECONDS);
        }
        var asked = new CopyOnWriteArrayList<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                asked.add(exchange.getRequestHeaders().getFirst("Millrace-Event-Id"));
                exchange.sendResponseHeaders(asked.size() == 1 ? 422 : 204, -1);
            }
        });
        server.start();
        var webhooks = stack.webhooks("http://127.0.0.1:" + server.getAddress().getPort() + "/");

        try {
            // When
            webhooks.start();

            // Then: behind the event that was refused only if its dead letter is there
            awaitLagOfNone();
            int once = asked.size();
            assertThat(once).isPositive();
            assertThat(operate("POST", "/pause").statusCode()).isEqualTo(200);
            await("the group is empty")
                    .atMost(PATIENCE)
                    .until(() ->
                            operate("POST", "/replay?time=2020-01-01T00:00:00Z").statusCode() == 200);
            assertThat(operate("POST", "/resume").statusCode()).isEqualTo(200);
            await("all of it comes again").atMost(PATIENCE).until(() -> asked.size() >= 2 * once);
            assertThat(stack.logs()).doesNotContain(stack.secrets());
        } finally {
            webhooks.stop();
            server.stop(0);
        }
    }

    private static void awaitLagOfNone() {
        await("nothing waits").atMost(PATIENCE).untilAsserted(() -> assertThat(new ObjectMapper()
                        .readTree(operate("GET", "").body())
                        .path("lag")
                        .asLong(-1))
                .isZero());
    }

    private static HttpResponse<String> operate(String method, String path) throws Exception {
        var request = HttpRequest.newBuilder(stack.subscriber(path))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldTakeAwayRightsThatTheTableDoesNotGive() throws Exception {
        // Given
        var foreign = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "inbox", PatternType.LITERAL),
                new AccessControlEntry("User:tap", "*", AclOperation.WRITE, AclPermissionType.ALLOW));
        try (var admin = Admin.create(stack.client("admin"))) {
            admin.createAcls(List.of(foreign)).all().get();

            // When
            var said = stack.grantRights();

            // Then
            assertThat(said).startsWith("granted 0, took away 1");
            assertThat(admin.describeAcls(foreign.toFilter()).values().get()).isEmpty();
        }
    }

    @Test
    void shouldAnswerNobodyWhoComesInPlainTextOrWithAWrongPassword() {
        // Given
        var impatient = Map.<String, Object>of("default.api.timeout.ms", 8000, "request.timeout.ms", 4000);
        var plain = new HashMap<String, Object>(impatient);
        plain.put("bootstrap.servers", stack.bootstrap());
        var encryptedOnly = new HashMap<>(stack.client("edge"));
        encryptedOnly.putAll(impatient);
        encryptedOnly.put("security.protocol", "SSL");

        // Then
        assertThat(describe(plain)).isInstanceOf(TimeoutException.class);
        assertThat(describe(stack.client("edge", "a guess of sixteen")))
                .isInstanceOf(SaslAuthenticationException.class);
        assertThat(describe(encryptedOnly)).isInstanceOf(KafkaException.class);
        try (var cluster = stack.cassandra().build()) {
            assertThatThrownBy(cluster::connect).isInstanceOf(DriverException.class);
        }
        try (var cluster = stack.cassandra().withSSL(stack.tls()).build()) {
            assertThatThrownBy(cluster::connect).isInstanceOf(DriverException.class);
        }
    }

    @Test
    void shouldGiveTheRoleOfTheTimelineServiceItsKeyspaceAlone() {
        try (var cluster = stack.cassandra()
                        .withSSL(stack.tls())
                        .withCredentials("millrace", stack.password("cassandra"))
                        .build();
                var session = cluster.connect()) {
            assertThat(session.execute("SELECT file FROM millrace.schema_migrations")
                            .all())
                    .isNotEmpty();
            for (var forbidden : List.of(
                    "DROP KEYSPACE millrace",
                    "CREATE KEYSPACE other WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}",
                    "CREATE ROLE other",
                    "SELECT * FROM system_auth.roles")) {
                assertThatThrownBy(() -> session.execute(forbidden))
                        .as(forbidden)
                        .isInstanceOf(UnauthorizedException.class);
            }
        }
    }

    @Test
    void shouldHaveTheRightsToRebuildItsState() throws Exception {
        // Given
        var router = stack.part("router");
        router.stop();

        // When
        int exitCode = ChildJvm.start(
                        "rebuild-state",
                        stack.rebuildState(),
                        stack.data().resolve("logs"),
                        BuiltParts.archives(),
                        false)
                .waitFor();
        router.start();

        // Then
        assertThat(exitCode).isZero();
        try (var sending = client(user("alice"), new ArrayList<>())) {
            sending.connect();
            assertThat(sending.send(Recipient.user(user("bob")), "again")
                            .decision()
                            .get(60, TimeUnit.SECONDS))
                    .isInstanceOf(Decision.Posted.class);
        }
    }

    /** What a broker answers to a record of this user; without idempotence, which already wants a right to write somewhere. */
    private static Throwable write(String user, String topic) {
        var settings = stack.client(user);
        settings.put("enable.idempotence", false);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var record = new ProducerRecord<byte[], byte[]>(topic, new byte[] {1}, new byte[] {0});
            return catchThrowableOfType(ExecutionException.class, () -> producer.send(record)
                            .get())
                    .getCause();
        }
    }

    private static Throwable describe(Map<String, Object> settings) {
        try (var admin = Admin.create(settings)) {
            return catchThrowableOfType(
                            ExecutionException.class,
                            () -> admin.describeCluster().clusterId().get())
                    .getCause();
        }
    }

    private static MillraceClient client(String user, List<Entry> entries) {
        return MillraceClient.builder()
                .url(stack.edge())
                .device("phone")
                .tokens(new DevTokens(stack.edge(), user))
                .store(new MemoryTimelineStore())
                .listener(new ClientListener() {
                    @Override
                    public void onEntry(Entry entry) {
                        entries.add(entry);
                    }
                })
                .build();
    }

    private static String user(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
