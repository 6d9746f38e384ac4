package io.millrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.EdgeUnderTest;
import io.millrace.edge.lane.Lives;
import io.millrace.schemas.record.CommandType;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP calls that change something, against a real edge. */
@Timeout(60)
class CallsTest {
    private static final String SEND =
            "{\"clientMessageId\":\"%s\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"text\",\"text\":\"hi\"}}";

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
    void shouldAnswerPostedWhenAMessageIsDecided() throws Exception {
        // When
        var answer = caller.post("/v1/messages", SEND.formatted("h-1"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"type\":\"posted\"", "\"clientMessageId\":\"h-1\"", "\"conversation\":\"d:alice:bob\"");
        var command = caller.lastCommand();
        assertThat(command.getDevice()).isNull();
        assertThat(command.getOrigin().getSession()).isNull();
    }

    @Test
    void shouldAnswerAcceptedWhenTheDecisionTakesLong() throws Exception {
        // Given
        edge.router.deciding = false;

        // When
        var answer = caller.post("/v1/messages", SEND.formatted("h-2"));

        // Then
        edge.router.deciding = true;
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("\"state\":\"accepted\"", "\"clientMessageId\":\"h-2\"");
    }

    @Test
    void shouldGiveTheGroupItsIdWhenItIsCreated() throws Exception {
        // Given
        var body =
                "{\"clientMessageId\":\"g-1\",\"kind\":\"group\",\"title\":\"Team\",\"members\":[\"bob\",\"carol\",\"bob\"]}";

        // When
        var first = caller.post("/v1/conversations", body);
        var second = caller.post("/v1/conversations", body);

        // Then
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.body()).contains("\"conversation\":\"g:", "\"version\":1");
        var conversation = first.body().replaceAll(".*(g:[A-Z0-9]{26}).*", "$1");
        assertThat(second.body()).contains(conversation);
        assertThat(caller.lastCommand().getUsers()).containsExactly("bob", "carol");
    }

    @Test
    void shouldChangeAGroupWhenAsked() throws Exception {
        // When
        var added = caller.post("/v1/conversations/g:x/members", "{\"clientMessageId\":\"m-1\",\"users\":[\"dave\"]}");
        var addition = caller.lastCommand();
        var removed = caller.delete("/v1/conversations/g:x/members/dave?clientMessageId=m-2");
        var removal = caller.lastCommand();
        var titled = caller.send(caller.request("/v1/conversations/g:x")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"clientMessageId\":\"m-3\",\"title\":\"T\"}")));

        // Then
        assertThat(List.of(added.statusCode(), removed.statusCode(), titled.statusCode()))
                .containsOnly(200);
        assertThat(added.body()).contains("\"version\":");
        assertThat(addition.getType()).isEqualTo(CommandType.ADD_MEMBERS);
        assertThat(removal.getType()).isEqualTo(CommandType.REMOVE_MEMBER);
        assertThat(removal.getUsers()).containsExactly("dave");
        assertThat(caller.lastCommand().getTitle()).isEqualTo("T");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"clientMessageId\":\"c\"}",
                "{\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":\"text\"}",
                "{\"clientMessageId\":\"c\",\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"x\"}}"
            })
    void shouldAnswer400WhenTheBodyIsBad(String body) throws Exception {
        // When
        var answer = caller.post("/v1/messages", body);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"invalid\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32", "ISO-8859-1"})
    void shouldAnswer400WhenTheBodyIsNoUtf8(String charset) throws Exception {
        // When
        var body = SEND.formatted("h-" + charset).replace("hi", "caf\u00e9").getBytes(charset);
        var answer = caller.send(caller.request("/v1/messages").POST(HttpRequest.BodyPublishers.ofByteArray(body)));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/conversations/..%2f..%2fmetrics/members",
                "/v1/conversations/x:1/members",
                "/v1/conversations/d:bob:alice/members",
                "/v1/conversations/g:a%00b/members",
                "/v1/conversations/g:caf%C3%A9/members"
            })
    void shouldAnswer400WhenTheConversationInThePathIsNone(String path) throws Exception {
        // When
        var answer = caller.post(path, "{\"clientMessageId\":\"p-1\",\"users\":[\"bob\"]}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid\"");
    }

    @Test
    void shouldAnswer400WhenAParameterStandsTwice() throws Exception {
        // When
        var answer = caller.delete("/v1/conversations/g:x/members/bob?clientMessageId=a&clientMessageId=b");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic YWxpY2U6", "Bearer", "Bearer nonsense", "Bearer eyJhbGciOiJub25lIn0.e30."})
    void shouldAnswer401WhenTheTokenIsNotGood(String authorization) throws Exception {
        // When
        var request = caller.bare("/v1/messages")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(SEND.formatted("x")));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        var answer = caller.send(request);

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void shouldAnswer413WhenTheBodyIsTooLarge() throws Exception {
        assertThat(caller.post("/v1/messages", "{\"x\":\"" + "a".repeat(70_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(caller.post(
                                "/v1/messages",
                                SEND.formatted("h-9").replace("\"hi\"", "\"" + "a".repeat(12_300) + "\""))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void shouldTakeJsonWhateverItsTypeSays() throws Exception {
        // When: as curl -d has it
        var answer = caller.send(caller.bare("/v1/messages")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Bearer " + edge.token("alice"))
                .POST(HttpRequest.BodyPublishers.ofString(SEND.formatted("h-4"))));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswer503WhenTheLogIsAway() throws Exception {
        // Given
        Lives.end(edge.life);

        // When
        var answer = caller.post("/v1/messages", SEND.formatted("h-3"));

        // Then
        Lives.begin(edge.life);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"code\":\"unavailable\"");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
}
