package io.millrace.service.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes and last words of a real process. */
@Timeout(60)
class ServiceMainTest {
    @TempDir
    Path directory;

    @Test
    void shouldCloseWhenTerminated() throws Exception {
        // Given
        var process = spawn("good");
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> out().contains("service started"));

        // When
        process.destroy();

        // Then
        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(out()).contains("STARTED", "CLOSED", "service stopped");
    }

    @Test
    void shouldSayWhyItRefusesToStart() throws Exception {
        assertThat(spawn("refuse").waitFor()).isEqualTo(3);
        assertThat(lastWords()).isEqualTo("sample refuses to start: the changelog is gone, run rebuild-state");
    }

    @Test
    void shouldSayThatItFailedToStart() throws Exception {
        assertThat(spawn("fail").waitFor()).isEqualTo(1);
        assertThat(lastWords()).isEqualTo("sample failed to start: java.lang.IllegalStateException: broken");
    }

    @Test
    void shouldStopWhenAThreadDies() throws Exception {
        assertThat(spawn("thread").waitFor()).isEqualTo(1);
        assertThat(out()).contains("thread died, stopping");
    }

    @Test
    void shouldStopWhenItIsNotLiveAnyMore() throws Exception {
        assertThat(spawn("dead").waitFor()).isEqualTo(1);
        assertThat(out()).contains("service is not live, stopping", "CLOSED");
        assertThat(lastWords()).isEqualTo("sample cannot go on; see its log. Start it again");
    }

    @Test
    void shouldCheckSettingsWithoutStarting() throws Exception {
        assertThat(spawn("good", "--check-config").waitFor()).isZero();
        assertThat(out()).doesNotContain("STARTED");
    }

    @Test
    void shouldRefuseWrongSettings() throws Exception {
        // Given
        var file = Files.writeString(directory.resolve("bad.yaml"), "mdoe: good");

        // Then
        assertThat(spawn("good", "--config", file.toString(), "--check-config").waitFor())
                .isEqualTo(2);
        assertThat(lastWords()).isEqualTo("sample: sample.mdoe is no setting; accepted here: [mode]");
    }

    @Test
    void shouldRefuseUnknownArguments() throws Exception {
        assertThat(spawn("good", "--confg", "x").waitFor()).isEqualTo(2);
        assertThat(lastWords()).startsWith("sample: unknown argument --confg");
    }

    private Process spawn(String mode, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SampleMain.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().put("MILLRACE_SAMPLE_MODE", mode);
        return builder.start();
    }

    private String out() throws IOException {
        return Files.readString(directory.resolve("out"));
    }

    private String lastWords() throws IOException {
        var lines = Files.readAllLines(directory.resolve("err"));
        return lines.get(lines.size() - 1);
    }
}
