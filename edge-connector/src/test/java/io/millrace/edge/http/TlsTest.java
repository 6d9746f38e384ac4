package io.millrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.edge.EdgeUnderTest;
import io.millrace.edge.session.SessionLimits;
import io.millrace.service.config.ConfigException;
import io.millrace.service.config.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An edge with a certificate of its own. */
@Timeout(60)
class TlsTest {
    private static final String PASSWORD = "password of a test";

    @TempDir
    static Path directory;

    private static Path keyStore;
    private static SSLContext trusting;
    private static EdgeUnderTest edge;

    @BeforeAll
    static void start() throws Exception {
        keyStore = directory.resolve("edge.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        int exit = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "edge",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).isZero();
        trusting = trusting();
        edge = new EdgeUnderTest(
                SessionLimits.defaults(),
                http(new TlsSettings(keyStore.toString(), Secret.of(PASSWORD))),
                "http://127.0.0.1:1");
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    @Test
    void shouldServeThePageAndTellBrowsersToComeByNothingElse() throws Exception {
        // When
        var answer = client("TLSv1.3")
                .send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + edge.port() + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
    }

    @Test
    void shouldWelcomeADeviceOverASecureSocket() throws Exception {
        // Given
        var welcome = new CompletableFuture<String>();
        var socket = client("TLSv1.2")
                .newWebSocketBuilder()
                .subprotocols(HandshakeGuard.SUBPROTOCOL)
                .buildAsync(URI.create("wss://localhost:" + edge.port() + "/v1/ws"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                        welcome.complete(text.toString());
                        return null;
                    }
                })
                .get(10, TimeUnit.SECONDS);

        // When
        socket.sendText("{\"type\":\"hello\",\"token\":\"" + edge.token("alice") + "\",\"device\":\"phone\"}", true)
                .get(10, TimeUnit.SECONDS);

        // Then
        assertThat(welcome.get(10, TimeUnit.SECONDS)).contains("\"type\":\"welcome\"");
        socket.abort();
    }

    @Test
    void shouldRefuseOldTlsAndPlainText() throws Exception {
        var url = URI.create("https://localhost:" + edge.port() + "/");
        var old = HttpClient.newBuilder()
                .sslContext(trusting)
                .sslParameters(new SSLParameters(null, new String[] {"TLSv1.1"}))
                .build();
        assertThatThrownBy(() -> old.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding()))
                .isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://localhost:" + edge.port() + "/"))
                                        .build(),
                                HttpResponse.BodyHandlers.discarding()))
                .isInstanceOf(java.io.IOException.class);
    }

    @Test
    void shouldSayWhatIsWrongWithAKeyStore() {
        assertThatThrownBy(() -> new TlsSettings(keyStore.toString(), Secret.of("another password")).context())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("http.tls.keyStore")
                .hasMessageNotContaining("another password");
        assertThatThrownBy(() -> new TlsSettings(null, null)).isInstanceOf(ConfigException.class);
    }

    private static HttpClient client(String protocol) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting)
                .sslParameters(new SSLParameters(null, new String[] {protocol}))
                .build();
    }

    private static SSLContext trusting() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (var file = Files.newInputStream(keyStore)) {
            store.load(file, PASSWORD.toCharArray());
        }
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("edge", store.getCertificate("edge"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static HttpSettings http(TlsSettings tls) {
        return new HttpSettings(
                "127.0.0.1", 0, List.of(), List.of(), 0, 0, Duration.ofSeconds(2), Duration.ofMillis(500), tls);
    }
}
