package io.millrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.EdgeUnderTest;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.Role;
import io.millrace.schemas.record.UserCommandType;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roles, mutes, the end of a group, blocks, settings and reads over HTTP. */
@Timeout(60)
class MessageBoxCallsTest {
    private static final String KEY = "{\"clientMessageId\":\"k\"";

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
    void shouldGiveAMemberARole() throws Exception {
        // When
        var answer = caller.put("/v1/conversations/g:x/members/bob/role", KEY + ",\"role\":\"owner\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"version\":");
        var command = caller.lastCommand();
        assertThat(command.getType()).isEqualTo(CommandType.SET_ROLE);
        assertThat(command.getUsers()).containsExactly("bob");
        assertThat(command.getRole()).isEqualTo(Role.OWNER);
    }

    @Test
    void shouldMuteMembersOrEverybody() throws Exception {
        // When
        var some = caller.put(
                "/v1/conversations/g:x/mute", KEY + ",\"users\":[\"bob\",\"carol\"],\"until\":1790000000000}");
        var ofSome = caller.lastCommand();
        var lifted = caller.put("/v1/conversations/g:x/mute", KEY + ",\"until\":null}");

        // Then
        assertThat(some.statusCode()).isEqualTo(200);
        assertThat(ofSome.getType()).isEqualTo(CommandType.MUTE);
        assertThat(ofSome.getUsers()).containsExactly("bob", "carol");
        assertThat(ofSome.getUntil()).isEqualTo(Instant.ofEpochMilli(1_790_000_000_000L));
        assertThat(lifted.statusCode()).isEqualTo(200);
        assertThat(caller.lastCommand().getUsers()).isEmpty();
        assertThat(caller.lastCommand().getUntil()).isNull();
    }

    @Test
    void shouldMuteFiveHundredAtOnceAndNoMore() throws Exception {
        assertThat(caller.put("/v1/conversations/g:x/mute", KEY + ",\"until\":null,\"users\":[" + users(500) + "]}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(caller.put("/v1/conversations/g:x/mute", KEY + ",\"until\":null,\"users\":[" + users(501) + "]}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldEndAGroup() throws Exception {
        // When
        var answer = caller.delete("/v1/conversations/g:x?clientMessageId=k");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"version\":");
        assertThat(caller.lastCommand().getType()).isEqualTo(CommandType.DISSOLVE);
        assertThat(caller.lastCommand().getConversation()).isEqualTo("g:x");
    }

    @Test
    void shouldBlockAndUnblock() throws Exception {
        // When
        var blocked = caller.put("/v1/blocks/bob", KEY + "}");
        var block = caller.lastCommand();
        var unblocked = caller.delete("/v1/blocks/bob?clientMessageId=k");

        // Then
        assertThat(blocked.statusCode()).isEqualTo(200);
        assertThat(unblocked.statusCode()).isEqualTo(200);
        assertThat(block.getType()).isEqualTo(CommandType.BLOCK);
        assertThat(block.getConversation()).isEqualTo("d:alice:bob");
        assertThat(caller.lastCommand().getType()).isEqualTo(CommandType.UNBLOCK);
        assertThat(caller.lastCommand().getConversation()).isEqualTo("d:alice:bob");
    }

    @Test
    void shouldAnswerEmptyWhenSettingsChangeAndUnchangedWhenTheyDoNot() throws Exception {
        // When
        var body = "{\"clientMessageId\":\"s-1\",\"muted\":true,\"draft\":null}";
        var first = caller.put("/v1/conversations/g:x/settings", body);
        var again = caller.put("/v1/conversations/g:x/settings", body);

        // Then
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("{}");
        assertThat(again.body()).isEqualTo("{\"unchanged\":true}");
        var command = caller.lastUserCommand();
        assertThat(command.getType()).isEqualTo(UserCommandType.SETTINGS);
        assertThat(command.getConversation()).isEqualTo("g:x");
        assertThat(command.getDevice()).isNull();
        assertThat(command.getOrigin().getSession()).isNull();
        assertThat(command.getDraft().remaining()).isZero();
    }

    @Test
    void shouldAnswerEmptyWhenReadUpTo() throws Exception {
        // When
        var answer = caller.post("/v1/conversations/d:alice:bob/read", "{\"clientMessageId\":\"r-1\",\"seq\":12}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(caller.lastUserCommand().getType()).isEqualTo(UserCommandType.READ);
        assertThat(caller.lastUserCommand().getSeq()).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PUT|/v1/conversations/g:x/members/bob/role|,\"role\":\"king\"",
                "PUT|/v1/conversations/g:x/members/bob/role|,\"role\":null",
                "PUT|/v1/conversations/g:x/members/b%20b/role|,\"role\":\"admin\"",
                "PUT|/v1/conversations/g:x/mute|,\"users\":[\"bob\"]",
                "PUT|/v1/conversations/g:x/mute|,\"until\":-1",
                "PUT|/v1/conversations/g:x/mute|,\"until\":253402300800000",
                "PUT|/v1/conversations/g:x/mute|,\"until\":\"tomorrow\"",
                "PUT|/v1/conversations/g:x/mute|,\"until\":null,\"users\":\"bob\"",
                "PUT|/v1/conversations/g:x/mute|,\"until\":null,\"users\":[\"a:b\"]",
                "PUT|/v1/conversations/x:1/settings|,\"muted\":true",
                "PUT|/v1/conversations/g:x/settings|,\"clearedSeq\":-1",
                "PUT|/v1/conversations/g:x/settings|,\"draft\":[]",
                "PUT|/v1/conversations/g:x/settings|,\"draft\":{}",
                "POST|/v1/conversations/g:x/read|,\"seq\":0",
                "POST|/v1/conversations/g:x/read|,\"seq\":1.0",
                "PUT|/v1/blocks/a:b|,\"x\":1"
            })
    void shouldAnswer400WhenAFieldIsWrong(String method, String path, String fields) throws Exception {
        // Given
        int before = edge.router.written.size();

        // When
        var answer = caller.call(method, path, KEY + fields + "}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid\"");
        assertThat(edge.router.written).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({"/v1/conversations/g:x", "/v1/blocks/bob", "/v1/blocks/bob?clientMessageId=a%20b"})
    void shouldAnswer400WhenADeletionHasNoKey(String path) throws Exception {
        assertThat(caller.delete(path).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldAnswerAcceptedWhenTheDecisionTakesLong() throws Exception {
        // Given
        edge.router.deciding = false;

        // When
        var answer = caller.put("/v1/conversations/g:x/settings", "{\"clientMessageId\":\"l-1\",\"muted\":true}");

        // Then
        edge.router.deciding = true;
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("\"state\":\"accepted\"", "\"clientMessageId\":\"l-1\"");
    }

    private static String users(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"u" + i + "\"").collect(Collectors.joining(","));
    }
}
