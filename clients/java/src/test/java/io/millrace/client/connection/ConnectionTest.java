package io.millrace.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.connection.ConnectionState.Phase;
import io.millrace.client.frame.Welcome;
import io.millrace.client.loop.Backoff;
import io.millrace.client.loop.ManualLoop;
import io.millrace.client.loop.ServerClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ConnectionTest {
    private final ManualLoop loop = new ManualLoop();
    private final ServerClock clock = new ServerClock(loop);
    private final FakeTransport transport = new FakeTransport();
    private final List<String> heard = new ArrayList<>();
    private final List<ConnectionState> states = new ArrayList<>();
    private int tokens;
    private long attempts = 100;
    private final Connection connection = new Connection(
            loop,
            clock,
            transport,
            URI.create("ws://localhost/v1/ws"),
            "phone",
            new TokenSource(() -> "token-" + ++tokens, Runnable::run, clock::nowMs),
            () -> ++attempts,
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), new SplittableRandom(3)),
            new Recorder());

    @Test
    void shouldSayHelloFirstWithTokenDeviceAndAttempt() {
        // When
        connection.connect();
        loop.run();

        // Then
        ObjectNode hello = transport.last().sent.get(0);
        assertThat(hello.toString())
                .isEqualTo("{\"type\":\"hello\",\"token\":\"token-1\",\"device\":\"phone\",\"attempt\":101}");
    }

    @Test
    void shouldBeOpenAfterWelcome() {
        // When
        open();

        // Then
        assertThat(heard).containsExactly("session s-1");
        assertThat(states).extracting(ConnectionState::phase).containsExactly(Phase.CONNECTING, Phase.OPEN);
    }

    @Test
    void shouldTryAgainLaterWhenNobodyAnswers() {
        // Given
        transport.reachable = false;
        connection.connect();
        loop.run();

        // When
        transport.reachable = true;
        loop.pass(Duration.ofMillis(500));

        // Then
        assertThat(transport.links).hasSize(1);
    }

    @Test
    void shouldTryAgainWhenWelcomeDoesNotCome() {
        // Given
        connection.connect();
        loop.run();

        // When
        loop.pass(Duration.ofSeconds(16));

        // Then
        assertThat(transport.links).hasSize(2);
        assertThat(transport.links.get(0).aborted).isTrue();
    }

    @Test
    void shouldRaiseTheAttemptWithEveryHello() {
        // Given
        open();

        // When
        closedWith(4508);
        loop.pass(Duration.ofMillis(1));

        // Then
        assertThat(transport.links).hasSize(2);
        assertThat(transport.last().sent.get(0).get("attempt").longValue()).isEqualTo(102);
    }

    @Test
    void shouldStayAwayWhenItSentWhatNoServerTakes() {
        // Given
        open();

        // When
        closedWith(4400);
        loop.pass(Duration.ofHours(1));

        // Then
        assertThat(transport.links).hasSize(1);
        assertThat(states.get(states.size() - 1).phase()).isEqualTo(Phase.STOPPED);
        assertThat(states.get(states.size() - 1).code()).isEqualTo(4400);
    }

    @Test
    void shouldGetANewTokenAtOnceWhenTheOldOneIsRefusedAndLaterWhenThatIsToo() {
        // Given
        open();

        // When
        closedWith(4401);
        loop.pass(Duration.ofMillis(1));
        String second = transport.last().sent.get(0).get("token").textValue();
        closedWith(4401);
        loop.pass(Duration.ofMillis(1));
        int linksAtOnce = transport.links.size();
        loop.pass(Duration.ofSeconds(1));

        // Then
        assertThat(second).isEqualTo("token-2");
        assertThat(linksAtOnce).isEqualTo(2);
        assertThat(transport.last().sent.get(0).get("token").textValue()).isEqualTo("token-3");
    }

    @Test
    void shouldComeBackWhenGoawaySaid() {
        // Given
        open();
        says("{\"type\":\"goaway\",\"reconnectAfterMs\":1500}");

        // When
        closedWith(1001);
        loop.pass(Duration.ofMillis(1499));
        int before = transport.links.size();
        loop.pass(Duration.ofMillis(1));

        // Then
        assertThat(before).isEqualTo(1);
        assertThat(transport.links).hasSize(2);
    }

    @Test
    void shouldSpreadItsReturnWhenTheServerIsFull() {
        // Given
        open();

        // When
        closedWith(1013);
        loop.pass(Duration.ofMillis(999));
        int before = transport.links.size();
        loop.pass(Duration.ofSeconds(30));

        // Then
        assertThat(before).isEqualTo(1);
        assertThat(transport.links).hasSizeGreaterThan(1);
    }

    @Test
    void shouldTryOnlyOnceMoreWhenAnotherConnectionOfTheDeviceTakesOver() {
        // Given
        open();

        // When
        closedWith(4409);
        loop.pass(Duration.ofSeconds(29));
        int early = transport.links.size();
        loop.pass(Duration.ofSeconds(31));
        int second = transport.links.size();
        welcome();
        closedWith(4409);
        loop.pass(Duration.ofHours(1));

        // Then
        assertThat(early).isEqualTo(1);
        assertThat(second).isEqualTo(2);
        assertThat(transport.links).hasSize(2);
        assertThat(states.get(states.size() - 1).phase()).isEqualTo(Phase.STOPPED);
    }

    @Test
    void shouldNotHearALinkOfAnEarlierAttempt() {
        // Given
        open();
        FakeTransport.FakeLink old = transport.last();
        closedWith(4408);
        loop.pass(Duration.ofMillis(1));
        welcome();
        heard.clear();

        // When
        old.receiver.onText("{\"type\":\"head\",\"head\":9}");
        old.receiver.onClosed(4400, "");
        loop.run();

        // Then
        assertThat(heard).isEmpty();
        assertThat(states.get(states.size() - 1).phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void shouldPingWithinTheHeartbeatAndReconnectAfterSilence() {
        // Given
        open();

        // When
        loop.pass(Duration.ofSeconds(30));
        List<String> inTime = List.copyOf(transport.last().types());
        loop.pass(Duration.ofSeconds(40));

        // Then
        assertThat(inTime).contains("ping");
        assertThat(heard).contains("end");
        assertThat(transport.links).hasSizeGreaterThan(1);
    }

    @Test
    void shouldStayOpenWhenPingsAreAnswered() {
        // Given
        open();

        // When
        for (int minute = 0; minute < 40; minute++) {
            loop.pass(Duration.ofSeconds(15));
            says("{\"type\":\"pong\"}");
        }

        // Then
        assertThat(transport.links).hasSize(1);
        assertThat(heard).containsExactly("session s-1");
    }

    @Test
    void shouldRenewTheTokenBeforeItExpires() {
        // Given
        open();

        // When
        for (int quarter = 0; quarter < 49; quarter++) {
            loop.pass(Duration.ofSeconds(15));
            says("{\"type\":\"pong\"}");
        }

        // Then
        ObjectNode auth = transport.last().sent.stream()
                .filter(frame -> frame.get("type").textValue().equals("auth"))
                .findFirst()
                .orElseThrow();
        assertThat(auth.get("token").textValue()).isEqualTo("token-2");
    }

    @Test
    void shouldGoOnWhenAFrameIsMalformed() {
        // Given
        open();

        // When
        says("{\"type\":\"welcome\"");
        says("[]");
        says("{\"type\":\"head\",\"head\":9}");

        // Then
        assertThat(heard).containsExactly("session s-1", "frame head");
    }

    @Test
    void shouldSayGoodbyeWhenClosed() {
        // Given
        open();

        // When
        connection.close();
        loop.pass(Duration.ofHours(1));

        // Then
        assertThat(transport.last().closed).isEqualTo(1000);
        assertThat(transport.links).hasSize(1);
        assertThat(heard).containsExactly("session s-1", "end");
    }

    private void open() {
        connection.connect();
        loop.run();
        welcome();
    }

    private void welcome() {
        says("{\"type\":\"welcome\",\"session\":\"s-" + transport.links.size()
                + "\",\"user\":\"alice\",\"device\":\"phone\",\"epoch\":\"e1\",\"head\":0,\"now\":" + loop.wallMs()
                + ",\"tokenExpiresAt\":" + (loop.wallMs() + 900_000) + ",\"heartbeatSeconds\":30}");
    }

    private void says(String frame) {
        transport.last().receiver.onText(frame);
        loop.run();
    }

    private void closedWith(int code) {
        transport.last().receiver.onClosed(code, "");
        loop.run();
    }

    private final class Recorder implements Connection.Events {
        @Override
        public void onSession(Welcome welcome) {
            heard.add("session " + welcome.session());
        }

        @Override
        public void onFrame(String type, ObjectNode frame) {
            heard.add("frame " + type);
        }

        @Override
        public void onSessionEnd() {
            heard.add("end");
        }

        @Override
        public void onState(ConnectionState state) {
            states.add(state);
        }
    }
}
