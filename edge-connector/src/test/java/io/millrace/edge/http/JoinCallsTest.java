package io.millrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.edge.EdgeUnderTest;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.JoinRule;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Announcements, join links and joining over HTTP. */
@Timeout(60)
class JoinCallsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINKS = "/v1/conversations/g:x/links";

    private static EdgeUnderTest edge;
    private static Caller caller;

    @BeforeAll
    static void start() {
        edge = EdgeUnderTest.start();
        caller = new Caller(edge, edge.token("alice"));
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    @Test
    void shouldChangeWhatIsNamedOfAGroup() throws Exception {
        // When
        var answer = caller.call(
                "PATCH",
                "/v1/conversations/g:x",
                "{\"clientMessageId\":\"p-1\",\"announcement\":\"Boots\",\"joinRule\":\"open\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        var command = caller.lastCommand();
        assertThat(command.getType()).isEqualTo(CommandType.SET_GROUP);
        assertThat(command.getTitle()).isNull();
        assertThat(command.getAnnouncement()).isEqualTo("Boots");
        assertThat(command.getJoinRule()).isEqualTo(JoinRule.OPEN);
    }

    @Test
    void shouldTakeAnAnnouncementUpToItsLimitAndAnEmptyOne() throws Exception {
        // When
        var longest = announce("p-2", "é".repeat(4096));
        var written = caller.lastCommand().getAnnouncement();
        var none = announce("p-3", "");

        // Then
        assertThat(longest).isEqualTo(200);
        assertThat(written).hasSize(4096);
        assertThat(none).isEqualTo(200);
        assertThat(caller.lastCommand().getAnnouncement()).isEmpty();
        assertThat(announce("p-4", "é".repeat(4097))).isEqualTo(400);
    }

    private static int announce(String key, String text) throws Exception {
        return caller.call(
                        "PATCH",
                        "/v1/conversations/g:x",
                        "{\"clientMessageId\":\"" + key + "\",\"announcement\":\"" + text + "\"}")
                .statusCode();
    }

    @Test
    void shouldSayThatAMessageWaits() throws Exception {
        // When
        var answer = caller.post(
                "/v1/messages",
                "{\"clientMessageId\":\"w-1\",\"to\":{\"user\":\"bob\"},\"sendAt\":1790000000000,"
                        + "\"expiresAt\":1790000060000,\"body\":{\"kind\":\"text\",\"text\":\"later\"}}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"type\":\"posted\"", "\"scheduled\":true", "\"version\":")
                .doesNotContain("\"seq\"", "messageId");
        var command = caller.lastCommand();
        assertThat(command.getSendAt()).isEqualTo(Instant.ofEpochMilli(1_790_000_000_000L));
        assertThat(command.getExpiresAt()).isEqualTo(Instant.ofEpochMilli(1_790_000_060_000L));
        assertThat(command.getBodyKind()).isEqualTo("text");
        assertThat(command.getService()).isFalse();
    }

    @Test
    void shouldShowTheLinkThoughTheDecisionTakesLong() throws Exception {
        // Given
        var body = "{\"clientMessageId\":\"slow\",\"until\":1790000000000}";
        edge.router.deciding = false;

        // When
        var undecided = caller.post(LINKS, body);
        edge.router.deciding = true;
        var decided = caller.post(LINKS, body);

        // Then
        assertThat(undecided.statusCode()).isEqualTo(202);
        var accepted = JSON.readTree(undecided.body());
        assertThat(accepted.get("state").asText()).isEqualTo("accepted");
        assertThat(accepted.get("conversation").asText()).isEqualTo("g:x");
        assertThat(decided.statusCode()).isEqualTo(200);
        var made = JSON.readTree(decided.body());
        assertThat(made.get("version").asLong()).isPositive();
        for (var field : new String[] {"link", "id", "until"}) {
            assertThat(accepted.get(field)).isNotNull().isEqualTo(made.get(field));
        }
    }

    @Test
    void shouldJoinAnOpenGroupWithoutALink() throws Exception {
        // When
        var answer = caller.post("/v1/conversations/g:x/join", "{\"clientMessageId\":\"j-2\",\"link\":null}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"version\":");
        assertThat(caller.lastCommand().getType()).isEqualTo(CommandType.JOIN);
        assertThat(caller.lastCommand().getLink()).isNull();
    }

    @Test
    void shouldMakeTheSameLinkForARetryAndKeepItsSecretOutOfTheLog() throws Exception {
        // When
        var first = caller.post(LINKS, "{\"clientMessageId\":\"l-1\",\"until\":1790000000000}");
        var made = caller.lastCommand();
        var again = caller.post(LINKS, "{\"clientMessageId\":\"l-1\",\"until\":1790000000000}");
        var other = caller.post(LINKS, "{\"clientMessageId\":\"l-2\",\"until\":1790000000000}");
        var secret = JSON.readTree(first.body()).get("link").asText();

        // Then
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(again.body()).get("link").asText()).isEqualTo(secret);
        assertThat(JSON.readTree(other.body()).get("link").asText()).isNotEqualTo(secret);
        assertThat(made.getLink())
                .isEqualTo(JSON.readTree(first.body()).get("id").asText())
                .isNotEqualTo(secret);
        assertThat(made.getUntil()).isEqualTo(Instant.ofEpochMilli(1_790_000_000_000L));
        assertThat(made.toString()).doesNotContain(secret);
    }

    @Test
    void shouldJoinByTheLinkThatWasMade() throws Exception {
        // Given
        var made = caller.post(LINKS, "{\"clientMessageId\":\"l-3\",\"until\":1790000000000}");
        var link = caller.lastCommand().getLink();
        var secret = JSON.readTree(made.body()).get("link").asText();

        // When
        var joined = new Caller(edge, edge.token("sam"))
                .post("/v1/conversations/g:x/join", "{\"clientMessageId\":\"j\",\"link\":\"" + secret + "\"}");

        // Then
        assertThat(joined.statusCode()).isEqualTo(200);
        var command = caller.lastCommand();
        assertThat(command.getType()).isEqualTo(CommandType.JOIN);
        assertThat(command.getUser()).isEqualTo("sam");
        assertThat(command.getLink()).isEqualTo(link);
        assertThat(command.toString()).doesNotContain(secret);
    }

    @Test
    void shouldRevokeALinkAndTakeAWaitingMessageBack() throws Exception {
        // When
        var revoked = caller.delete(LINKS + "/abc-_9?clientMessageId=d-1");
        var link = caller.lastCommand();
        var taken = caller.delete("/v1/conversations/g:x/scheduled/12?clientMessageId=d-2");
        var waiting = caller.lastCommand();

        // Then
        assertThat(revoked.statusCode()).isEqualTo(200);
        assertThat(link.getType()).isEqualTo(CommandType.LINK);
        assertThat(link.getLink()).isEqualTo("abc-_9");
        assertThat(link.getUntil()).isNull();
        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(waiting.getType()).isEqualTo(CommandType.UNSCHEDULE);
        assertThat(waiting.getTargetVersion()).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PATCH|/v1/conversations/g:x|,\"x\":1",
                "PATCH|/v1/conversations/g:x|,\"title\":\" \"",
                "PATCH|/v1/conversations/g:x|,\"announcement\":7",
                "PATCH|/v1/conversations/g:x|,\"joinRule\":\"closed\"",
                "POST|/v1/conversations/g:x/links|,\"x\":1",
                "POST|/v1/conversations/g:x/links|,\"until\":null",
                "POST|/v1/conversations/g:x/links|,\"until\":0",
                "POST|/v1/conversations/g:x/links|,\"until\":\"never\"",
                "POST|/v1/conversations/x/links|,\"until\":5",
                "POST|/v1/conversations/g:x/join|,\"link\":7",
                "POST|/v1/conversations/g:x/join|,\"link\":\"\"",
                "POST|/v1/conversations/g:x/join|,\"link\":\"a b\"",
                "DELETE|/v1/conversations/g:x/links/a%20b?clientMessageId=k|",
                "DELETE|/v1/conversations/g:x/links/abc|",
                "DELETE|/v1/conversations/g:x/scheduled/x?clientMessageId=k|",
                "DELETE|/v1/conversations/g:x/scheduled/0?clientMessageId=k|",
                "DELETE|/v1/conversations/g:x/scheduled/-5?clientMessageId=k|",
                "DELETE|/v1/conversations/g:x/scheduled/%2B5?clientMessageId=k|",
                "DELETE|/v1/conversations/g:x/scheduled/05?clientMessageId=k|",
                "DELETE|/v1/conversations/g:x/scheduled/%D9%A3?clientMessageId=k|",
                "DELETE|/v1/conversations/g:x/scheduled/9223372036854775808?clientMessageId=k|",
                "DELETE|/v1/conversations/g:x/scheduled/5|"
            })
    void shouldAnswer400WhenAFieldIsWrong(String method, String path, String fields) throws Exception {
        // Given
        int before = edge.router.written.size();

        // When
        var answer = method.equals("DELETE")
                ? caller.delete(path)
                : caller.call(method, path, "{\"clientMessageId\":\"k\"" + fields + "}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid\"");
        assertThat(edge.router.written).hasSize(before);
    }
}
