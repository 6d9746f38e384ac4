package io.millrace.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientFileTest {
    @TempDir
    Path directory;

    @Test
    void shouldTakeTheFileAndTheServersOfTheCommandLine() throws Exception {
        // Given
        var file = Files.writeString(
                directory.resolve("client.properties"),
                "security.protocol=SASL_SSL\nsasl.jaas.config=Module required username=\"a\" password=\"b\";\n"
                        + "bootstrap.servers=elsewhere:1\n");

        // Then
        assertThat(ClientFile.settings("broker:9092", file.toString()))
                .containsOnly(
                        Map.entry("bootstrap.servers", "broker:9092"),
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("sasl.jaas.config", "Module required username=\"a\" password=\"b\";"));
    }

    @Test
    void shouldNeedNoFile() {
        assertThat(ClientFile.settings("broker:9092", null)).containsOnlyKeys("bootstrap.servers");
        assertThat(ClientFile.settings("broker:9092", "")).containsOnlyKeys("bootstrap.servers");
    }

    @Test
    void shouldNameAFileThatIsNotThere() {
        assertThatThrownBy(() -> ClientFile.settings("broker:9092", "/nowhere")).hasMessageContaining("/nowhere");
    }
}
