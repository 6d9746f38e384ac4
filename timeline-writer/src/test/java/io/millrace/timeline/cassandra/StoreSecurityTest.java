package io.millrace.timeline.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.driver.core.EndPoint;
import com.datastax.driver.core.exceptions.AuthenticationException;
import com.datastax.driver.core.exceptions.NoHostAvailableException;
import com.datastax.driver.core.exceptions.UnauthorizedException;
import io.millrace.service.config.ConfigException;
import io.millrace.service.config.ConfigLoader;
import io.millrace.service.config.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials and TLS as settings, and which failures are refusals; against a real node they are tried in local-stack. */
class StoreSecurityTest {
    private static final InetSocketAddress NODE = new InetSocketAddress("127.0.0.1", 9042);
    private static final EndPoint END_POINT = () -> NODE;

    @TempDir
    Path directory;

    @Test
    void shouldTakeUserPasswordAndTlsAndShowNoPassword() throws Exception {
        // Given
        var file = Files.writeString(directory.resolve("password"), "hunter2-hunter2\n");
        var yaml = Files.writeString(
                directory.resolve("timeline.yaml"),
                "user: millrace\npassword: file:" + file + "\ntls: {keyStore: a.p12, keyStorePassword: hunter2}\n");

        // When
        var settings = new ConfigLoader("timeline")
                .load(CassandraSettings.class, List.of("--config", yaml.toString()), Map.of());

        // Then
        assertThat(settings.password()).isEqualTo(new Secret("hunter2-hunter2"));
        assertThat(settings.tls()).satisfies(tls -> assertThat(tls.verifyHost()).isTrue());
        assertThat(settings.toString()).contains("millrace").doesNotContain("hunter2");
    }

    @Test
    void shouldRefuseHalfOfAPair() {
        assertThatThrownBy(() -> load("user: millrace")).hasMessageContaining("user and password");
        assertThatThrownBy(() -> load("password: hunter2"))
                .hasMessageContaining("user and password")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> load("tls: {keyStore: a.p12}")).hasMessageContaining("keyStorePassword");
        assertThatThrownBy(() -> load("tls: {trustStorePassword: hunter2}"))
                .hasMessageContaining("trustStore")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldRefuseFilesThatCannotBeUsed() throws Exception {
        // Given
        var noPem = Files.writeString(directory.resolve("no.pem"), "hunter2");
        var empty = Files.writeString(directory.resolve("empty.pem"), "");
        var password = new Secret("hunter2");

        // Then
        for (var tls : List.of(
                new StoreTls(noPem.toString(), null, null, null, true),
                new StoreTls(empty.toString(), null, null, null, true),
                new StoreTls("/nowhere", null, null, null, true),
                new StoreTls("/nowhere", password, null, null, true),
                new StoreTls(noPem.toString(), password, null, null, true),
                new StoreTls(null, null, noPem.toString(), password, true))) {
            assertThatThrownBy(tls::options)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("cassandra.tls.")
                    .hasMessageNotContaining("hunter2");
        }
        assertThatCode(new StoreTls(null, null, null, null, true)::options).doesNotThrowAnyException();
    }

    @Test
    void shouldTellARefusalFromAnAbsence() {
        assertThat(refusal(new AuthenticationException(END_POINT, "Provided username and/or password are incorrect")))
                .contains("cassandra.password");
        assertThat(refusal(new UnauthorizedException(END_POINT, "User x has no CREATE permission")))
                .contains("CREATE");
        assertThat(refusal(new IOException("cut", new SSLHandshakeException("No name matching localhost found"))))
                .contains("cassandra.tls", "No name");
        assertThat(refusal(new AuthenticationException(END_POINT, "Unable to perform authentication: timed out")))
                .isEmpty();
        assertThat(refusal(new IOException("connection refused"))).isEmpty();
    }

    /** As the driver gives it when no node would do. */
    private static String refusal(Throwable each) {
        return Refusal.in(new NoHostAvailableException(Map.of(END_POINT, each))).orElse("");
    }

    private CassandraSettings load(String yaml) throws IOException {
        var file = Files.writeString(directory.resolve("timeline.yaml"), yaml);
        return new ConfigLoader("timeline")
                .load(CassandraSettings.class, List.of("--config", file.toString()), Map.of());
    }
}
