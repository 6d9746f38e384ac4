package io.millrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.EdgeUnderTest;
import io.millrace.edge.session.SessionLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who goes on too fast is told how long to wait, and is sent away if that does not help. */
@Timeout(60)
class RatesTest {
    private static final String SEND =
            "{%s\"clientMessageId\":\"%s\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"text\",\"text\":\"hi\"}}";

    @Test
    void shouldTellHowLongToWaitAndThenCloseWhenCommandsFlood() throws Exception {
        try (var edge = EdgeUnderTest.start(limits(2, 0));
                var socket = RawSocket.welcomed(edge, "alice", "flood")) {
            // When: bursts of 4 are allowed, and of 8 refusals
            for (int i = 0; i < 20; i++) {
                socket.text(SEND.formatted("\"type\":\"send\",\"ref\":" + i + ",", "c-" + i));
            }

            // Then
            assertThat(socket.await("rate_limited")).contains("\"type\":\"error\"", "\"ref\":4", "\"retryAfterMs\":");
            assertThat(socket.awaitClose()).isEqualTo(4429);
        }
    }

    @Test
    void shouldCountSessionsAndCallsOfAUserTogether() throws Exception {
        try (var edge = EdgeUnderTest.start(limits(0, 1));
                var phone = RawSocket.welcomed(edge, "alice", "phone");
                var laptop = RawSocket.welcomed(edge, "alice", "laptop");
                var bob = RawSocket.welcomed(edge, "bob", "phone")) {
            // When: bursts of 2 are allowed
            phone.text(SEND.formatted("\"type\":\"send\",", "c-1"));
            phone.await("posted");
            laptop.text(SEND.formatted("\"type\":\"send\",", "c-2"));
            laptop.await("posted");

            // Then
            var answer = post(edge, "alice", "c-3");
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(answer.body()).contains("\"code\":\"rate_limited\"", "\"retryAfterMs\":");
            bob.text(SEND.formatted("\"type\":\"send\",", "c-4"));
            bob.await("posted");
        }
    }

    @Test
    void shouldTakeNoMoreConnectionsThanAllowed() throws Exception {
        var http = new HttpSettings(
                "127.0.0.1", 0, List.of(), List.of(), 0, 2, Duration.ofSeconds(2), Duration.ofMillis(500), null);
        try (var edge = new EdgeUnderTest(SessionLimits.defaults(), http, "http://127.0.0.1:1");
                var first = RawSocket.open(edge.port());
                var second = RawSocket.open(edge.port())) {
            // Given: an upgrade is answered before it is counted
            await().until(() -> edge.sessions.size() == 2);

            // When: those who have not said hello count like all others
            String refused;
            try (var third = new RawSocket(edge.port())) {
                refused = third.request(RawSocket.upgrade(edge.port()));
            }
            first.reset();

            // Then
            assertThat(refused).startsWith("HTTP/1.1 503").contains("Retry-After: 5");
            await().untilAsserted(() -> assertThat(edge.sessions.size()).isEqualTo(1));
            RawSocket.open(edge.port()).close();
            second.hello(edge.token("alice"), "d");
            second.await("welcome");
        }
    }

    private static HttpResponse<String> post(EdgeUnderTest edge, String user, String key) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + edge.port() + "/v1/messages"))
                                .header("Authorization", "Bearer " + edge.token(user))
                                .POST(HttpRequest.BodyPublishers.ofString(SEND.formatted("", key)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static SessionLimits limits(int perSession, int perUser) {
        var none = Duration.ZERO;
        return new SessionLimits(
                0, perSession, perUser, 0, 0, 0, 0, 0, 0, none, none, none, none, none, none, none, none, none);
    }
}
