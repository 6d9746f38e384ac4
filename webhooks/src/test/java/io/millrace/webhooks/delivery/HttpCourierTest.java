package io.millrace.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.millrace.service.bodies.Bodies;
import io.millrace.service.config.Secret;
import io.millrace.webhooks.Events;
import io.millrace.webhooks.Receiver;
import io.millrace.webhooks.Subscribers;
import io.millrace.webhooks.subscriber.SubscriberSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real HTTP server on loopback. */
@Timeout(60)
class HttpCourierTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Bodies NO_KEYS = (key, body) -> Optional.empty();
    private static final Letter LETTER = new Letter(Events.message("d:alice:bob", 14, "hi"));

    private final CountDownLatch never = new CountDownLatch(1);
    private Receiver receiver;

    @BeforeEach
    void open() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        never.countDown();
        receiver.close();
    }

    @Test
    void shouldPostTheSignedEvent() throws Exception {
        // When
        var verdict = send(Subscribers.at(receiver.url(), Duration.ofSeconds(5), 4, Duration.ofHours(1)), 3);

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Delivered());
        var request = receiver.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).isEqualTo("/hook?tenant=7");
        assertThat(request.body())
                .isEqualTo(new String(LETTER.body(NO_KEYS, NOW.toEpochMilli()), StandardCharsets.UTF_8));
        assertThat(request.headers().get("Host")).containsExactly("127.0.0.1:" + receiver.port());
        assertThat(request.headers().get("Content-Type")).containsExactly("application/json");
        assertThat(request.headers().get("Millrace-Event-Id")).containsExactly("d:alice:bob/14");
        assertThat(request.headers().get("Millrace-Attempt")).containsExactly("3");
        assertThat(request.headers().get("Millrace-Signature"))
                .containsExactly(Signature.of(
                        NOW,
                        request.body().getBytes(StandardCharsets.UTF_8),
                        List.of(new Secret(Subscribers.SECRET), new Secret(Subscribers.FORMER_SECRET))));
    }

    @Test
    void shouldFollowNoRedirect() throws Exception {
        // Given
        receiver.answer((request, time, exchange) -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            Receiver.status(exchange, 307);
        });

        // Then
        assertThat(send(reachable(), 1)).isEqualTo(new Verdict.TryAgain(307, "answered 307", Duration.ZERO));
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void shouldGiveUpWaitingWhenNoAnswerComes() throws Exception {
        // Given
        receiver.answer((request, time, exchange) -> never.await());

        // Then
        assertThat(send(impatient(), 1)).isEqualTo(new Verdict.TryAgain(null, "no answer in time", Duration.ZERO));
    }

    @Test
    void shouldGiveUpWaitingWhenAnAnswerDoesNotEnd() throws Exception {
        // Given
        receiver.answer((request, time, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('a');
            exchange.getResponseBody().flush();
            never.await();
        });

        // Then
        assertThat(send(impatient(), 1)).isEqualTo(new Verdict.TryAgain(null, "no answer in time", Duration.ZERO));
    }

    @Test
    void shouldNotReadAnAnswerThatIsLong() throws Exception {
        // Given
        var broken = new AtomicBoolean();
        receiver.answer((request, time, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (never.getCount() > 0) {
                    out.write(new byte[16 << 10]);
                }
            } catch (IOException e) {
                broken.set(true);
            }
        });

        // When
        var verdict = send(reachable(), 1);

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Delivered());
        await().untilTrue(broken);
    }

    @Test
    void shouldSayThatNobodyIsThere() throws Exception {
        // Given
        var subscriber = reachable();
        receiver.close();

        // Then
        assertThat(send(subscriber, 1)).isEqualTo(new Verdict.TryAgain(null, "connection failed", Duration.ZERO));
    }

    @Test
    void shouldConnectToNothingWhenANamePointsIntoThePrivateNetwork() throws Exception {
        // Given
        var subscriber = Subscribers.at("http://hooks.example.org:" + receiver.port() + "/", false);

        // When
        try (var courier = new HttpCourier(subscriber, NO_KEYS, CLOCK, host -> loopback(), HttpCourier.ownTls())) {
            var verdict = courier.send(LETTER, 1).get(10, TimeUnit.SECONDS);

            // Then
            assertThat(verdict).isEqualTo(new Verdict.TryAgain(null, "address not public", Duration.ZERO));
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @Test
    void shouldSpeakInTheNameOfTheHostToTheAddressThatWasLookedAt() throws Exception {
        // Given
        var subscriber = Subscribers.at("http://hooks.example.org:" + receiver.port() + "/in", true);

        // When
        try (var courier = new HttpCourier(subscriber, NO_KEYS, CLOCK, host -> loopback(), HttpCourier.ownTls())) {
            courier.send(LETTER, 1).get(10, TimeUnit.SECONDS);
        }

        // Then
        assertThat(receiver.requests().get(0).headers().get("Host"))
                .containsExactly("hooks.example.org:" + receiver.port());
    }

    @Test
    void shouldTrustACertificateForTheNameAloneThoughItConnectsToTheAddress(@TempDir Path directory) throws Exception {
        // Given: two names behind one address, and a certificate for one of them
        var store = certificateFor("hooks.example.org", directory);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(serving(store)));
        try (var secured = new Receiver(server);
                var right = courier("https://hooks.example.org:" + secured.port() + "/", store);
                var wrong = courier("https://others.example.org:" + secured.port() + "/", store)) {
            // When
            var trusted = right.send(LETTER, 1).get(20, TimeUnit.SECONDS);
            var refused = wrong.send(LETTER, 1).get(20, TimeUnit.SECONDS);

            // Then
            assertThat(trusted).isEqualTo(new Verdict.Delivered());
            assertThat(refused).isEqualTo(new Verdict.TryAgain(null, "TLS failed", Duration.ZERO));
            assertThat(secured.requests()).hasSize(1);
        }
    }

    private SubscriberSettings reachable() {
        return Subscribers.at(receiver.url(), Duration.ofSeconds(10), 4, Duration.ofHours(1));
    }

    private SubscriberSettings impatient() {
        return Subscribers.at(receiver.url(), Duration.ofMillis(500), 4, Duration.ofHours(1));
    }

    private static Verdict send(SubscriberSettings subscriber, int attempt) throws Exception {
        try (var courier = new HttpCourier(subscriber, NO_KEYS, CLOCK)) {
            return courier.send(LETTER, attempt).get(20, TimeUnit.SECONDS);
        }
    }

    private static InetAddress[] loopback() {
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    private static HttpCourier courier(String url, KeyStore trusted) throws Exception {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        var certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("own", trusted.getCertificate("own"));
        trust.init(certificates);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return new HttpCourier(Subscribers.at(url, true), NO_KEYS, CLOCK, host -> loopback(), context);
    }

    private static SSLContext serving(KeyStore store) throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore certificateFor(String name, Path directory) throws Exception {
        var file = directory.resolve("own.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        return KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    }
}
