package io.millrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.EdgeUnderTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bad tokens, and good ones that go bad, over socket and HTTP. */
@Timeout(60)
class TokensTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private EdgeUnderTest edge;

    @BeforeEach
    void start() {
        edge = EdgeUnderTest.start();
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
    }

    @Test
    void shouldTellNothingOfTheReasonWhenATokenIsRefused() throws Exception {
        // Given
        edge.revoke("eve");
        var good = edge.token("alice");
        var bad = List.of(
                "nonsense",
                good.substring(0, good.length() - 4) + "AAAA",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.",
                edge.oldToken("alice", Duration.ofDays(1)),
                edge.oldToken("nobody", Duration.ofDays(1)),
                edge.token("eve"));

        // When
        var answers = bad.stream().map(this::call).collect(Collectors.toSet());
        var closes = bad.stream().map(this::hello).collect(Collectors.toSet());

        // Then
        assertThat(answers)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("401 Bearer")
                .contains("\"code\":\"unauthorized\"");
        assertThat(closes).hasSize(1).first().asString().startsWith("4401");
    }

    @Test
    void shouldGiveTimeToRenewWhenATokenExpires() throws Exception {
        try (var renewing = RawSocket.welcomed(edge, "alice", "renewing");
                var idle = RawSocket.welcomed(edge, "alice", "idle")) {
            // Given: 20 of the 30 seconds after the end are over
            edge.clock.putForward(EdgeUnderTest.TOKEN_LIFE.plusSeconds(20));
            idle.text("{\"type\":\"ping\",\"ref\":1}");
            assertThat(idle.await("pong")).contains("\"ref\":1");

            // When
            renewing.text("{\"type\":\"auth\",\"ref\":2,\"token\":\"" + edge.token("alice") + "\"}");
            assertThat(renewing.await("authed")).contains("\"ref\":2", "tokenExpiresAt");
            edge.clock.putForward(EdgeUnderTest.TOKEN_LIFE.plusSeconds(40));

            // Then
            assertThat(idle.awaitClose()).isEqualTo(4401);
            renewing.text("{\"type\":\"ping\",\"ref\":3}");
            assertThat(renewing.await("pong")).contains("\"ref\":3");
        }
    }

    @Test
    void shouldCloseEverySessionOfAUserWhenItsTokensAreRevoked() throws Exception {
        try (var phone = RawSocket.welcomed(edge, "eve", "phone");
                var laptop = RawSocket.welcomed(edge, "eve", "laptop");
                var other = RawSocket.welcomed(edge, "alice", "phone")) {
            // When
            edge.revoke("eve");

            // Then
            assertThat(phone.awaitClose()).isEqualTo(4401);
            assertThat(laptop.awaitClose()).isEqualTo(4401);
            other.text("{\"type\":\"ping\"}");
            other.await("pong");
            assertThat(call(edge.token("eve"))).startsWith("401");
        }
    }

    @Test
    void shouldNotBecomeAnotherUserWhenATokenOfThatUserComes() throws Exception {
        try (var renewing = RawSocket.welcomed(edge, "alice", "renewing");
                var again = RawSocket.welcomed(edge, "alice", "again")) {
            // When
            renewing.text("{\"type\":\"auth\",\"token\":\"" + edge.token("bob") + "\"}");
            again.hello(edge.token("bob"), "again");

            // Then
            assertThat(renewing.awaitClose()).isEqualTo(4401);
            assertThat(again.await("error")).contains("\"code\":\"invalid\"");
            assertThat(edge.sessions.all())
                    .extracting(s -> String.valueOf(s.user()))
                    .doesNotContain("bob");
        }
    }

    @Test
    void shouldRefuseATokenThatIsFarTooLong() throws Exception {
        // Given
        var tooLong = "a".repeat(9000);

        // Then: over HTTP the head would allow it, over an open session the frame
        assertThat(call(tooLong)).startsWith("401");
        try (var socket = RawSocket.welcomed(edge, "alice", "long")) {
            socket.text("{\"type\":\"auth\",\"token\":\"" + tooLong + "\"}");
            assertThat(socket.awaitClose()).isEqualTo(4401);
        }
    }

    @Test
    void shouldKeepDevicesOfOneNameApartWhenTheirUsersDiffer() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone");
                var eve = RawSocket.welcomed(edge, "eve", "phone")) {
            // When: the device is a name within the user that the token says
            eve.text("{\"type\":\"send\",\"clientMessageId\":\"k\",\"user\":\"alice\",\"device\":\"laptop\","
                    + "\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"text\",\"text\":\"hi\"}}");

            // Then
            assertThat(eve.await("entry")).contains("\"from\":\"eve\"", "\"device\":\"phone\"", "d:bob:eve");
            alice.text("{\"type\":\"ping\"}");
            alice.await("pong");
        }
    }

    private String call(String token) {
        try {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + edge.port() + "/v1/messages"))
                            .header("Authorization", "Bearer " + token)
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " "
                    + answer.headers().firstValue("WWW-Authenticate").orElse("") + " " + answer.body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String hello(String token) {
        try (var socket = RawSocket.open(edge.port())) {
            socket.hello(token, "d");
            while (true) {
                var frame = socket.next();
                if (frame.opcode() == RawSocket.CLOSE) {
                    return frame.closeCode() + " " + frame.text().substring(2);
                }
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
