package io.millrace.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    private final ConfigLoader loader = new ConfigLoader("edge");

    @TempDir
    Path directory;

    record Settings(Http http, Duration patience, List<String> origins, Map<String, String> raw, Secret secret) {
        Settings {
            http = http == null ? new Http(0, null) : http;
            patience = patience == null ? Duration.ofSeconds(10) : patience;
            origins = origins == null ? List.of() : List.copyOf(origins);
            raw = raw == null ? Map.of() : Map.copyOf(raw);
        }
    }

    record Http(int port, String bindHost) {
        Http {
            port = port == 0 ? 8080 : port;
            bindHost = bindHost == null ? "127.0.0.1" : bindHost;
            if (port < 0 || port > 65535) {
                throw new ConfigException("a port is 1 to 65535");
            }
        }
    }

    @Test
    void shouldTakeDefaultsWhenNothingIsGiven() {
        // When
        var settings = loader.load(Settings.class, List.of(), Map.of("PATH", "/bin", "MILLRACE_ROUTER_X", "1"));

        // Then
        assertThat(settings)
                .isEqualTo(
                        new Settings(new Http(8080, "127.0.0.1"), Duration.ofSeconds(10), List.of(), Map.of(), null));
    }

    @Test
    void shouldTakeDefaultsWhenTheFileIsEmpty() throws IOException {
        // When
        var settings = load("# nothing yet\n", Map.of());

        // Then
        assertThat(settings.http().port()).isEqualTo(8080);
    }

    @Test
    void shouldReadTheFileAndLetTheEnvironmentOverrideIt() throws IOException {
        // Given
        var yaml = """
                http: {port: 9000, bindHost: 0.0.0.0}
                patience: 250ms
                origins: [http://a]
                raw: {linger.ms: "5"}
                """;
        var environment = Map.of(
                "MILLRACE_EDGE_HTTP_PORT", "9001",
                "MILLRACE_EDGE_ORIGINS", "[http://b, http://c]",
                "MILLRACE_EDGE_SECRET", "s3cret");

        // When
        var settings = load(yaml, environment);

        // Then
        assertThat(settings)
                .isEqualTo(new Settings(
                        new Http(9001, "0.0.0.0"),
                        Duration.ofMillis(250),
                        List.of("http://b", "http://c"),
                        Map.of("linger.ms", "5"),
                        new Secret("s3cret")));
    }

    @ParameterizedTest
    @CsvSource({"250ms,PT0.25S", "10s,PT10S", "5m,PT5M", "24h,PT24H", "7d,PT168H", "PT1M30S,PT1M30S"})
    void shouldReadDurationsAsPeopleOrIsoWriteThem(String given, Duration expected) throws IOException {
        assertThat(load("patience: " + given, Map.of()).patience()).isEqualTo(expected);
    }

    @Test
    void shouldNamePathAndAcceptedKeysWhenAKeyIsUnknown() {
        assertThatThrownBy(() -> load("http: {prot: 1}", Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("edge.http.prot is no setting; accepted here: [bindHost, port]");
    }

    @Test
    void shouldNameVariableAndAcceptedOnesWhenAVariableMatchesNothing() {
        assertThatThrownBy(() -> load("", Map.of("MILLRACE_EDGE_HTTP_PROT", "1")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("MILLRACE_EDGE_HTTP_PROT matches no setting")
                .hasMessageContaining("MILLRACE_EDGE_HTTP_BIND_HOST, MILLRACE_EDGE_PATIENCE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http: {port: 1, port: 2}",
                "patience: 10",
                "patience: soon",
                "http: {port: 1.5}",
                "http: {port: 70000}",
                "http: {port: eighty}",
                "- a list",
                "just text",
                "http: [",
                "origins: {a: b}"
            })
    void shouldRefuseWhatIsNoSuchSetting(String yaml) {
        assertThatThrownBy(() -> load(yaml, Map.of())).isInstanceOf(ConfigException.class);
    }

    @Test
    void shouldNamePathAndRuleWhenAValueIsRefused() {
        assertThatThrownBy(() -> load("http: {port: 70000}", Map.of())).hasMessage("edge.http: a port is 1 to 65535");
    }

    @Test
    void shouldNotRepeatTheLineWhenYamlIsBroken() {
        assertThatThrownBy(() -> load("secret: \"hunter2hunter2\n  x: [", Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("line")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void shouldSayWhichFileIsMissing() {
        assertThatThrownBy(() -> loader.load(Settings.class, List.of("--config", "/no/such.yaml"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("/no/such.yaml cannot be read");
    }

    @Test
    void shouldRefuseConfigWithoutAFile() {
        assertThatThrownBy(() -> loader.load(Settings.class, List.of("--config"), Map.of()))
                .hasMessage("--config needs a file");
    }

    private Settings load(String yaml, Map<String, String> environment) throws IOException {
        var file = Files.writeString(directory.resolve("application.yaml"), yaml);
        return loader.load(Settings.class, List.of("--config", file.toString()), environment);
    }
}
