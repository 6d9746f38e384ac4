package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.outbox.Recipient;
import io.millrace.localstack.SharedStack;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An operator's slip in cqlsh: it is shown, it is set right one microsecond later, and what comes after it wins again. */
@Timeout(120)
final class OperatorsUpdateIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MESSAGE = " WHERE conversation = ? AND bucket = 0 AND seq = 1";
    private static final String ENTRY = " WHERE user = ? AND epoch = ? AND bucket = 0 AND position = 1";

    private final SharedStack stack = SharedStack.running();
    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String conversation = Names.direct(alice, bob);
    private Device phone;
    private StoredCells cells;

    @BeforeEach
    void post() {
        phone = Device.of(stack.edge(0), alice, "phone").connect();
        cells = new StoredCells(stack.parts());
        phone.send(Recipient.user(bob), "right");
        phone.send(Recipient.user(bob), "second");
        awaitText("right");
    }

    @AfterEach
    void close() {
        cells.close();
        phone.close();
    }

    @Test
    void shouldBeSetRightAtTheNextMicrosecondWhenAMessageWasOverwritten() {
        // Given
        var right = cells.message(conversation, 1);
        cells.cql(
                "UPDATE messages_by_conversation SET body = ?, body_key = null" + MESSAGE, body("slip"), conversation);
        awaitText("slip");

        // When
        repairMessage(right.getBytes("body"), right.getString("body_key"));

        // Then
        awaitText("right");
        edit("edited");
        awaitText("edited");
    }

    @Test
    void shouldHideLaterEditsUntilSetRightWhenTheSlipIsFromTheFuture() {
        // Given
        long tomorrow = (System.currentTimeMillis() + Duration.ofDays(1).toMillis()) * 1000;
        cells.cql(
                "UPDATE messages_by_conversation USING TIMESTAMP " + tomorrow + " SET body = ?, body_key = null"
                        + MESSAGE,
                body("slip"),
                conversation);
        edit("edited");
        await().atMost(PATIENCE).until(() -> cells.message(conversation, 1).getLong("edited_version") == 3);
        assertThat(text()).isEqualTo("slip");

        // When
        repairMessage(body("edited"), null);

        // Then
        awaitText("edited");
    }

    @Test
    void shouldBeSetRightAtTheNextMicrosecondWhenAnEntryWasOverwritten() {
        // Given
        var epoch = timeline().path("epoch").asText();
        cells.cql("UPDATE timelines_by_user SET seq = 2" + ENTRY, bob, epoch);
        await().atMost(PATIENCE).until(() -> entry().path("seq").asLong() != 1);

        // When
        long written = cells.cql("SELECT WRITETIME(seq) FROM timelines_by_user" + ENTRY, bob, epoch)
                .one()
                .getLong(0);
        cells.cql("UPDATE timelines_by_user USING TIMESTAMP " + (written + 1) + " SET seq = 1" + ENTRY, bob, epoch);

        // Then
        await().atMost(PATIENCE).until(() -> entry().path("seq").asLong() == 1);
        assertThat(entry().at("/body/text").asText()).isEqualTo("right");
    }

    private void repairMessage(ByteBuffer right, String keyId) {
        long written = cells.cql("SELECT WRITETIME(body) FROM messages_by_conversation" + MESSAGE, conversation)
                .one()
                .getLong(0);
        cells.cql(
                "UPDATE messages_by_conversation USING TIMESTAMP " + (written + 1) + " SET body = ?, body_key = ?"
                        + MESSAGE,
                right,
                keyId,
                conversation);
    }

    private void edit(String text) {
        Device.posted(phone.client()
                .edit(
                        conversation,
                        1,
                        RawHttp.JSON.createObjectNode().put("kind", "text").put("text", text))
                .decision()
                .orTimeout(30, TimeUnit.SECONDS)
                .join());
    }

    private void awaitText(String text) {
        await().atMost(PATIENCE).until(() -> text().equals(text));
    }

    private String text() {
        return entry().at("/body/text").asText();
    }

    private JsonNode entry() {
        return timeline().at("/entries/0/event");
    }

    private JsonNode timeline() {
        return RawHttp.of(stack.edge(1), bob).get("/v1/timeline?after=0").body();
    }

    private static ByteBuffer body(String text) {
        return StandardCharsets.UTF_8.encode("{\"kind\":\"text\",\"text\":\"" + text + "\"}");
    }
}
