package io.millrace.localstack.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.StackOptions.Tier;
import io.millrace.localstack.part.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSettingsTest {
    @TempDir
    private Path directory;

    @Test
    void shouldKnowWhoIsToBeServed() throws Exception {
        // When
        var settings = WebhookSettings.in(file("subscribers: [{name: a, secret: canary}]\nretry:\n"));

        // Then
        assertThat(settings.hasSubscribers()).isTrue();
        assertThat(settings.tree()).containsOnlyKeys("subscribers", "retry");
        assertThat(settings.toString()).doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "subscribers: []", "subscribers:", "# nothing"})
    void shouldStartNothingWhereNobodyIsToBeServed(String yaml) throws Exception {
        // Given
        var settings = WebhookSettings.in(file(yaml));

        // When
        var options =
                StackOptions.at(directory).withTiers(Set.of(Tier.WEBHOOKS)).withWebhooks(settings);

        // Then
        assertThat(settings.hasSubscribers()).isFalse();
        assertThat(new LocalStack(options).parts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary", "[canary]", "{canary", "canary: 1\n\tcanary: 2"})
    void shouldRefuseWhatIsNoMapWithoutRepeatingIt(String yaml) throws Exception {
        // Given
        var file = file(yaml);

        // Then
        assertThatThrownBy(() -> WebhookSettings.in(file))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("no YAML map of settings")
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("webhooks.yaml"), yaml);
    }
}
