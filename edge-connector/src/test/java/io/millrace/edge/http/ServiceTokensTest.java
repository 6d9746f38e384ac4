package io.millrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.EdgeUnderTest;
import io.millrace.schemas.record.CommandType;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may speak in whose name over HTTP: what the token says, never what the request says. */
@Timeout(60)
class ServiceTokensTest {
    private static EdgeUnderTest edge;

    @BeforeAll
    static void start() {
        edge = EdgeUnderTest.start();
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    @Test
    void shouldSpeakForItselfWhenNobodyIsNamed() throws Exception {
        // When
        var caller = service("*");
        var answer = caller.post("/v1/messages", send("s-1", ""));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(caller.lastCommand().getUser()).isEqualTo("shop");
        assertThat(answer.body()).contains("\"conversation\":\"d:carol:shop\"");
    }

    static Stream<Object> claimsThatCoverBob() {
        return Stream.of("*", List.of("*"), List.of("bob"), List.of("dave", "bob"));
    }

    @ParameterizedTest
    @MethodSource("claimsThatCoverBob")
    void shouldSpeakForAUserWhenTheTokenSaysSo(Object claim) throws Exception {
        // When
        var caller = service(claim);
        var answer = caller.post("/v1/messages", send("s-2", "\"as\":\"bob\","));

        // Then: the direct conversation is the one of the user who is spoken for
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"conversation\":\"d:bob:carol\"");
        assertThat(caller.lastCommand().getUser()).isEqualTo("bob");
        assertThat(caller.lastCommand().getDevice()).isNull();
    }

    @Test
    void shouldSpeakForAUserInEveryCall() throws Exception {
        // Given
        var caller = service(List.of("bob"));
        var key = "\"as\":\"bob\",\"clientMessageId\":\"%s\"";

        // When
        var answers = List.of(
                caller.post("/v1/conversations", "{" + key.formatted("e-1") + ",\"kind\":\"group\",\"title\":\"T\"}"),
                caller.post("/v1/conversations/g:x/members", "{" + key.formatted("e-2") + ",\"users\":[\"dave\"]}"),
                caller.call("PATCH", "/v1/conversations/g:x", "{" + key.formatted("e-3") + ",\"title\":\"T\"}"),
                caller.put(
                        "/v1/conversations/g:x/members/dave/role", "{" + key.formatted("e-4") + ",\"role\":\"admin\"}"),
                caller.put("/v1/conversations/g:x/mute", "{" + key.formatted("e-5") + ",\"until\":null}"),
                caller.put("/v1/blocks/eve", "{" + key.formatted("e-6") + "}"),
                caller.delete("/v1/blocks/eve?clientMessageId=e-7&as=bob"),
                caller.delete("/v1/conversations/g:x/members/dave?clientMessageId=e-8&as=bob"),
                caller.delete("/v1/conversations/g:x?clientMessageId=e-9&as=bob"),
                caller.post("/v1/conversations/g:x/links", "{" + key.formatted("e-12") + ",\"until\":5}"),
                caller.post("/v1/conversations/g:x/join", "{" + key.formatted("e-13") + "}"),
                caller.delete("/v1/conversations/g:x/links/abc?clientMessageId=e-14&as=bob"),
                caller.delete("/v1/conversations/g:x/scheduled/3?clientMessageId=e-15&as=bob"));
        var own = List.of(
                caller.put("/v1/conversations/g:x/settings", "{" + key.formatted("e-10") + ",\"muted\":true}"),
                caller.post("/v1/conversations/g:x/read", "{" + key.formatted("e-11") + ",\"seq\":3}"));

        // Then
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 201);
        assertThat(own).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(edge.router.commands())
                .filteredOn(command -> command.getClientMessageId().startsWith("e-"))
                .hasSize(13)
                .allMatch(command -> command.getUser().equals("bob") && command.getService());
        assertThat(caller.lastUserCommand().getUser()).isEqualTo("bob");
    }

    @Test
    void shouldSayThatItIsAServiceAndNobodyElse() throws Exception {
        // When
        var shop = service(List.of("bob"));
        shop.post("/v1/messages", send("v-1", ""));
        boolean itself = shop.lastCommand().getService();
        var nobodys = service(List.of());
        nobodys.post("/v1/messages", send("v-2", ""));
        boolean forNobody = nobodys.lastCommand().getService();
        var bob = new Caller(edge, edge.token("bob"));
        bob.post("/v1/messages", send("v-3", "\"service\":true,"));

        // Then
        assertThat(itself).isTrue();
        assertThat(forNobody).isFalse();
        assertThat(bob.lastCommand().getService()).isFalse();
    }

    static Stream<Object> claimsThatDoNotCoverBob() {
        return Stream.of(List.of(), List.of("bobby"), List.of("BOB", "shop"));
    }

    @ParameterizedTest
    @MethodSource("claimsThatDoNotCoverBob")
    void shouldBeForbiddenWhenTheTokenNamesOthers(Object claim) throws Exception {
        assertForbidden(service(claim));
    }

    @Test
    void shouldBeForbiddenWhenTheTokenIsAUsers() throws Exception {
        assertForbidden(new Caller(edge, edge.token("alice")));
        assertForbidden(new Caller(edge, edge.token("bob")));
    }

    private static void assertForbidden(Caller caller) throws Exception {
        // Given
        int before = edge.router.commands().size();

        // When
        var answers = List.of(
                caller.post("/v1/messages", send("f-1", "\"as\":\"bob\",")),
                caller.put("/v1/blocks/eve", "{\"clientMessageId\":\"f-2\",\"as\":\"bob\"}"),
                caller.delete("/v1/conversations/g:x?clientMessageId=f-3&as=bob"));

        // Then: nothing reached the log
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("\"code\":\"forbidden\"").doesNotContain("bob");
        });
        assertThat(edge.router.commands()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "7", "[\"bob\"]", "\"a:b\"", "\"*\"", "{\"user\":\"bob\"}"})
    void shouldAnswer400WhenTheNameIsNone(String as) throws Exception {
        // When
        var answer = service("*").post("/v1/messages", send("i-1", "\"as\":" + as + ","));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid\"", "as");
    }

    @Test
    void shouldAnswer400WhenTheNameStandsInTheWrongPlace() throws Exception {
        // When
        var caller = service("*");
        var inUrl = caller.post("/v1/messages?as=bob", send("i-2", ""));
        var twice = caller.delete("/v1/blocks/eve?clientMessageId=i-3&as=bob&as=carol");
        var empty = caller.delete("/v1/blocks/eve?clientMessageId=i-4&as=");

        // Then: a call is never made in another name than the one that was meant
        assertThat(List.of(inUrl.statusCode(), twice.statusCode(), empty.statusCode()))
                .containsOnly(400);
    }

    @Test
    void shouldNotHonourATokenWhoseClaimIsMalformed() throws Exception {
        assertThat(service("bob").post("/v1/messages", send("m-1", "")).statusCode())
                .isEqualTo(401);
        assertThat(service(Map.of("bob", true))
                        .post("/v1/messages", send("m-2", ""))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void shouldBeTheSameCommandWhenTheUserAsksItself() throws Exception {
        // When
        var body = send("same", "\"as\":\"bob\",");
        var service = service("*");
        service.post("/v1/messages", body);
        var inItsName = service.lastCommand();
        new Caller(edge, edge.token("bob")).post("/v1/messages", send("same", ""));
        var byItself = service.lastCommand();

        // Then
        assertThat(byItself.getType()).isEqualTo(CommandType.SEND);
        assertThat(byItself.getUser()).isEqualTo(inItsName.getUser());
        assertThat(byItself.getFingerprint()).isEqualTo(inItsName.getFingerprint());
    }

    @Test
    void shouldSpeakForItselfAloneWhenItHasASession() throws Exception {
        // When: a frame has no such field, and fields that are not known are passed over
        try (var socket = RawSocket.open(edge.port())) {
            socket.hello(edge.serviceToken("shop", "*"), "d");
            socket.await("welcome");
            socket.text(send("w-1", "\"type\":\"send\",\"as\":\"bob\","));

            // Then
            assertThat(socket.await("entry")).contains("\"from\":\"shop\"");
        }
    }

    private static Caller service(Object mayActFor) {
        return new Caller(edge, edge.serviceToken("shop", mayActFor));
    }

    private static String send(String key, String fields) {
        return "{" + fields + "\"clientMessageId\":\"" + key
                + "\",\"to\":{\"user\":\"carol\"},\"body\":{\"kind\":\"text\",\"text\":\"hi\"}}";
    }
}
