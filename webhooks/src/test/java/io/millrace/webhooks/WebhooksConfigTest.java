package io.millrace.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.service.config.ConfigException;
import io.millrace.service.config.ConfigLoader;
import io.millrace.service.lifecycle.RefusedToStartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhooksConfigTest {
    private static final String GOOD =
            "name: a, url: 'https://hooks.example.org/in?token=canary', secret: 'file:SECRET'";

    @TempDir
    private Path directory;

    private Path secret;

    @BeforeEach
    void writeSecret() throws Exception {
        secret = Files.writeString(directory.resolve("secret"), Subscribers.SECRET + "\n");
    }

    @Test
    void shouldChooseWhatIsNotSaid() throws Exception {
        // When
        var config = load("subscribers: [{" + GOOD + "}]");

        // Then
        var subscriber = config.subscribers().get(0);
        assertThat(subscriber.group()).isEqualTo("webhooks-a");
        assertThat(subscriber.secret().value()).isEqualTo(Subscribers.SECRET);
        assertThat(subscriber.events())
                .containsExactly(
                        "message", "edited", "recalled", "reaction", "members", "conversation", "muted", "dissolved");
        assertThat(subscriber.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(subscriber.maxAge()).isEqualTo(Duration.ofHours(24));
        assertThat(subscriber.inFlight()).isEqualTo(8);
        assertThat(subscriber.from()).isEqualTo("now");
        assertThat(subscriber.privateAddresses()).isFalse();
        assertThat(config.admin().port()).isEqualTo(27284);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "name: A | name is 1 to 40 characters",
                "url: 'ftp://hooks.example.org/canary' | url is http://host",
                "url: 'https:/canary' | url is http://host",
                "url: 'https://u:canary@hooks.example.org/' | url has no user",
                "url: 'https://hooks.example.org/#canary' | url has no user",
                "url: 'https://hooks.example.org/ca nary' | url is no URL",
                "url: 'http://127.0.0.1/canary' | not public",
                "url: 'http://2130706433/canary' | not public",
                "url: 'http://169.254.169.254/canary' | not public",
                "url: 'http://[::1]/canary' | not public",
                "url: 'http://[::ffff:10.0.0.1]/canary' | not public",
                "secret: canary | secret is required, and at least 32 bytes",
                "formerSecret: canary | formerSecret is at least 32 bytes",
                "events: [messages] | events are [message,",
                "events: [read] | events are [message,",
                "events: [] | events has at least one kind",
                "from: yesterday | from is now or beginning",
                "timeout: 2m | timeout is between",
                "maxAge: 10ms | maxAge is between",
                "inFlight: 257 | inFlight is between",
                "colour: red | is no setting"
            })
    void shouldSayWhatIsWrongWithoutRepeatingIt(String setting, String message) {
        // Given
        var name = setting.substring(0, setting.indexOf(':'));
        var others = GOOD.replaceAll("(^|, )" + name + ": '?[^,']*'?", "");

        // Then
        assertThatThrownBy(() -> load("subscribers: [{" + (others + ", " + setting).replaceFirst("^, ", "") + "}]"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("webhooks.subscribers[0]")
                .hasMessageContaining(message)
                .hasMessageNotContaining("canary");
    }

    @Test
    void shouldRefuseTwoOfOneName() {
        assertThatThrownBy(() -> load("subscribers: [{" + GOOD + "}, {" + GOOD + "}]"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there are two subscribers a");
    }

    @Test
    void shouldAllowAPrivateAddressWhenTold() throws Exception {
        // When
        var config = load("subscribers: [{name: a, url: 'http://127.0.0.1:9/', secret: 'file:SECRET',"
                + " privateAddresses: true, events: [link, blocked]}]");

        // Then
        assertThat(config.subscribers().get(0).events()).containsExactly("link", "blocked");
    }

    @Test
    void shouldNotShowAddressAndSecret() throws Exception {
        assertThat(load("subscribers: [{" + GOOD + "}]").toString())
                .contains("SubscriberSettings[a]")
                .doesNotContain("canary")
                .doesNotContain(Subscribers.SECRET);
    }

    @Test
    void shouldNotStartWithoutASubscriber() throws Exception {
        // Given
        var config = load("{}");

        // Then
        assertThatThrownBy(() -> new WebhooksApplication(config))
                .isInstanceOf(RefusedToStartException.class)
                .hasMessageContaining("subscribers is empty");
    }

    private WebhooksConfig load(String yaml) throws Exception {
        var file = Files.writeString(directory.resolve("webhooks.yaml"), yaml.replace("SECRET", secret.toString()));
        return new ConfigLoader("webhooks").load(WebhooksConfig.class, List.of("--config", file.toString()), Map.of());
    }
}
