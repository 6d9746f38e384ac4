package io.millrace.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.driver.core.Cluster;
import io.millrace.localstack.part.PartState;
import io.millrace.localstack.part.StackException;
import io.millrace.localstack.part.StackException.Trouble;
import io.millrace.schemas.record.Revocation;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The servers of a stack, for real: what they keep, and what they say when they cannot start. */
@Timeout(300)
final class LocalStackIT {
    private static final Revocation REVOCATION = new Revocation(Instant.ofEpochMilli(1_790_000_000_000L), "lost phone");

    @TempDir
    private Path data;

    private final List<LocalStack> stacks = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (var stack : stacks) {
            stack.close();
        }
    }

    @Test
    void shouldKeepEverythingWhenStoppedOrKilled() throws Exception {
        // Given
        var stack = servers(Ports.free());
        stack.start();
        write(stack, "user:alice");
        cql(stack, "CREATE KEYSPACE kept WITH replication = {'class':'SimpleStrategy','replication_factor':1}");
        cql(stack, "CREATE TABLE kept.t (k text PRIMARY KEY)");
        cql(stack, "INSERT INTO kept.t (k) VALUES ('alice')");

        // When
        stack.stop();
        var again = servers(stack.options().ports());
        again.start();
        write(again, "user:bob");
        for (var part : again.parts()) {
            part.kill();
        }
        for (var part : again.parts()) {
            part.start();
        }

        // Then
        assertThat(keysOf(again, 2)).containsExactly("user:alice", "user:bob");
        assertThat(cql(again, "SELECT k FROM kept.t")).containsExactly("alice");
        assertThat(get(again.registryUrl() + "/config")).contains("FULL_TRANSITIVE");
        assertThat(again.parts()).allMatch(part -> part.state() == PartState.READY);
    }

    @Test
    void shouldNameThePortAndItsHolderWhenItIsTaken() throws Exception {
        // Given
        var stack = servers(Ports.free());
        int taken = stack.options().ports().cassandraCql();
        try (var holder = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress())) {
            // When // Then
            assertThatThrownBy(stack::start).isInstanceOfSatisfying(StackException.class, e -> {
                assertThat(e.trouble()).isEqualTo(Trouble.PORT_TAKEN);
                assertThat(e)
                        .hasMessageContaining("port " + taken + " (cassandra, cql)")
                        .hasMessageContaining(
                                "process " + ProcessHandle.current().pid())
                        .hasMessageContaining("--port-base")
                        .hasMessageNotContaining("\n");
            });
            assertThat(stack.parts()).allMatch(part -> part.pid().isEmpty());
            assertThat(RunFile.read(data)).isEmpty();
            assertThat(holder.isClosed()).isFalse();
        }
    }

    @Test
    void shouldRefuseWhenTheDataDirectoryBelongsToARunningStack() throws Exception {
        // Given
        var first = kafkaAlone();
        first.start();

        // When // Then
        assertThatThrownBy(kafkaAlone()::start)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("is running already")
                .hasMessageContaining("./millrace down");
        assertThat(first.part("kafka").state()).isEqualTo(PartState.READY);
    }

    private LocalStack servers(Ports ports) {
        var stack = new LocalStack(
                StackOptions.at(data).withTiers(StackOptions.SERVERS).withPorts(ports));
        stacks.add(stack);
        return stack;
    }

    private LocalStack kafkaAlone() {
        var stack = new LocalStack(StackOptions.at(data).withTiers(Set.of(StackOptions.Tier.KAFKA)));
        stacks.add(stack);
        return stack;
    }

    private static void write(LocalStack stack, String key) throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", stack.bootstrapServers(), "acks", "all");
        var values = RecordSerdes.at(stack.registryUrl()).serializer(Revocation.class);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), values)) {
            producer.send(new ProducerRecord<>(TopicCatalogue.REVOCATIONS.name(), key, REVOCATION))
                    .get();
        }
    }

    private static List<String> keysOf(LocalStack stack, int expected) {
        var settings = Map.<String, Object>of("bootstrap.servers", stack.bootstrapServers());
        var values = RecordSerdes.at(stack.registryUrl()).deserializer(Revocation.class);
        var partition = new TopicPartition(TopicCatalogue.REVOCATIONS.name(), 0);
        var keys = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), values)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (keys.size() < expected) {
                for (var found : consumer.poll(Duration.ofSeconds(1))) {
                    assertThat(found.value()).isEqualTo(REVOCATION);
                    keys.add(found.key());
                }
            }
        }
        return keys;
    }

    private static List<String> cql(LocalStack stack, String statement) {
        try (var cluster = Cluster.builder()
                        .addContactPoint("127.0.0.1")
                        .withPort(stack.cqlPort())
                        .withoutJMXReporting()
                        .build();
                var session = cluster.connect()) {
            return session.execute(statement).all().stream()
                    .map(row -> row.getString(0))
                    .toList();
        }
    }

    private static String get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
