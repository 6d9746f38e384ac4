package io.millrace.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    private record Holder(String name, Secret secret) {}

    @Test
    void shouldNotShowItsValueInAnyToString() {
        // Given
        var holder = new Holder("x", Secret.of("hunter2"));

        // When
        var shown = holder.toString() + holder.secret();

        // Then
        assertThat(shown).doesNotContain("hunter2");
    }

    @Test
    void shouldReadItsValueFromAFile(@TempDir Path directory) throws IOException {
        // Given
        var file = Files.writeString(directory.resolve("secret"), "hunter2\n");

        // When
        var secret = Secret.of("file:" + file);

        // Then
        assertThat(secret.value()).isEqualTo("hunter2");
    }

    @Test
    void shouldNameTheFileWhenItCannotBeRead() {
        assertThatThrownBy(() -> Secret.of("file:/no/such"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("/no/such");
    }
}
