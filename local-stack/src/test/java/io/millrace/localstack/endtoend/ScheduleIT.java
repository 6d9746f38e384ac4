package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.driver.core.Cluster;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.localstack.SharedStack;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that wait for their time, and messages that end, from the frame to the cell in Cassandra. */
@Timeout(120)
final class ScheduleIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SharedStack stack = SharedStack.running();
    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String conversation = Names.direct(alice, bob);
    private RawSocket phone;
    private RawSocket laptop;
    private RawSocket bobs;
    private RawHttp http;

    @BeforeEach
    void connect() {
        phone = RawSocket.welcomed(stack.edge(0), alice, "phone");
        laptop = RawSocket.welcomed(stack.edge(1), alice, "laptop");
        bobs = RawSocket.welcomed(stack.edge(0), bob, "phone");
        http = RawHttp.of(stack.edge(0), alice);
    }

    @AfterEach
    void close() {
        List.of(phone, laptop, bobs).forEach(RawSocket::close);
    }

    @Test
    void shouldPostAMessageAtItsTimeAndNotBefore() {
        // When
        long sendAt = System.currentTimeMillis() + 4_000;
        send("k-1", "good morning", ",\"sendAt\":" + sendAt);
        var posted = phone.next("posted");
        var waits = laptop.entry(entry -> is(entry, "scheduled"));

        // Then: both of alice's devices know, bob does not
        assertThat(posted.path("scheduled").asBoolean()).isTrue();
        assertThat(posted.has("seq")).isFalse();
        assertThat(waits.at("/event/body/text").asText()).isEqualTo("good morning");
        assertThat(waits.at("/event/sendAt").asLong()).isEqualTo(sendAt);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scheduled()).singleElement().satisfies(message -> assertThat(
                                message.at("/body/text").asText())
                        .isEqualTo("good morning")));

        // When
        var arrived = bobs.entry(entry -> true);
        var own = laptop.entry(entry -> is(entry, "message"));

        // Then
        assertThat(arrived.at("/event/kind").asText()).isEqualTo("message");
        assertThat(arrived.at("/event/body/text").asText()).isEqualTo("good morning");
        assertThat(arrived.path("at").asLong()).isBetween(sendAt, sendAt + 20_000);
        assertThat(own.at("/event/scheduled").asLong())
                .isEqualTo(waits.path("version").asLong());
        assertThat(own.at("/event/clientMessageId").asText()).isEqualTo("k-1");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(scheduled()).isEmpty());
        await().atMost(PATIENCE).untilAsserted(() -> {
            var pulled = http.get("/v1/timeline?after=0&atLeast=2").body().get("entries");
            assertThat(pulled.at("/0/event/kind").asText()).isEqualTo("scheduled");
            assertThat(pulled.at("/0/event/over").asBoolean()).isTrue();
            assertThat(pulled.at("/0/event").has("body")).isFalse();
            assertThat(pulled.at("/1/event/kind").asText()).isEqualTo("message");
        });
    }

    @Test
    void shouldTakeAWaitingMessageBack() {
        // Given
        send("k-1", "never", ",\"sendAt\":" + (System.currentTimeMillis() + 3_600_000));
        long version = phone.next("posted").path("version").asLong();

        // When
        laptop.send("{\"type\":\"unschedule\",\"ref\":2,\"clientMessageId\":\"u-1\",\"conversation\":\"" + conversation
                + "\",\"version\":" + version + "}");

        // Then
        assertThat(laptop.next("posted").path("version").asLong()).isEqualTo(version + 1);
        var over = phone.entry(entry -> is(entry, "unscheduled"));
        assertThat(over.at("/event/scheduled").asLong()).isEqualTo(version);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(scheduled()).isEmpty());
        assertThat(http.get("/v1/conversations").body().get("conversations")).isEmpty();
        assertThat(RawHttp.of(stack.edge(0), bob)
                        .get("/v1/conversations/" + conversation + "/events?after=0&atLeast=" + (version + 1))
                        .body()
                        .findValuesAsText("kind"))
                .containsOnly("unreadable");
    }

    @Test
    void shouldForgetTheBodyOfAMessageThatHasExpired() {
        // When
        long expiresAt = System.currentTimeMillis() + 4_000;
        send("k-1", "burn after reading", ",\"expiresAt\":" + expiresAt);
        var arrived = bobs.entry(entry -> is(entry, "message"));
        phone.next("posted");
        phone.send("{\"type\":\"edit\",\"ref\":2,\"clientMessageId\":\"e-1\",\"conversation\":\"" + conversation
                + "\",\"seq\":1,\"body\":{\"kind\":\"text\",\"text\":\"burn it all\"}}");
        phone.next("posted");
        await().atMost(PATIENCE)
                .until(() -> messages().at("/0/body/text").asText().equals("burn it all"));

        // Then
        assertThat(arrived.at("/event/body/text").asText()).isEqualTo("burn after reading");
        assertThat(arrived.at("/event/expiresAt").asLong()).isEqualTo(expiresAt);
        await().atMost(PATIENCE)
                .until(() -> messages().at("/0/expired").asBoolean()
                        && !messages().path(0).has("body"));
        assertThat(http.get("/v1/conversations")
                        .body()
                        .at("/conversations/0/last/expired")
                        .asBoolean())
                .isTrue();
        assertThat(http.get("/v1/timeline?after=0&atLeast=2").body().toString()).doesNotContain("burn");
        await().atMost(PATIENCE).until(() -> storedBody() == null);

        // When
        phone.send("{\"type\":\"edit\",\"ref\":3,\"clientMessageId\":\"e-2\",\"conversation\":\"" + conversation
                + "\",\"seq\":1,\"body\":{\"kind\":\"text\",\"text\":\"risen\"}}");

        // Then
        assertThat(phone.next("rejected").path("code").asText()).isEqualTo("invalid");
    }

    /** Null where there is no cell any more. */
    private Object storedBody() {
        try (var cluster = Cluster.builder()
                        .addContactPoint("127.0.0.1")
                        .withPort(stack.parts().cqlPort())
                        .withoutJMXReporting()
                        .build();
                var session = cluster.connect()) {
            var row = session.execute(
                            "SELECT body, message_id FROM millrace.messages_by_conversation WHERE conversation = ?"
                                    + " AND bucket = 0 AND seq = 1",
                            conversation)
                    .one();
            Objects.requireNonNull(row.getString("message_id"), "the rest of the row stays");
            return row.getBytes("body");
        }
    }

    private void send(String key, String text, String more) {
        phone.send("{\"type\":\"send\",\"ref\":1,\"clientMessageId\":\"" + key + "\",\"to\":{\"user\":\"" + bob
                + "\"},\"body\":{\"kind\":\"text\",\"text\":\"" + text + "\"}" + more + "}");
    }

    private JsonNode scheduled() {
        return http.get("/v1/conversations/" + conversation + "/scheduled")
                .body()
                .path("scheduled");
    }

    private JsonNode messages() {
        return http.get("/v1/conversations/" + conversation + "/messages")
                .body()
                .path("messages");
    }

    private static boolean is(JsonNode entry, String kind) {
        return entry.at("/event/kind").asText().equals(kind);
    }
}
