package io.millrace.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.Ports;
import io.millrace.localstack.RunFile;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code up} as a process of its own: nothing outlives it, whichever way it goes. */
@Timeout(300)
final class LauncherIT {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration END = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    private final List<Process> launched = new ArrayList<>();

    @AfterEach
    void endAll() throws InterruptedException {
        for (var process : launched) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldLeaveNothingRunningWhenKilled() throws Exception {
        // Given
        var up = launch("up", "--servers-only", "--port-base", freeBase());
        var parts = awaitReady();

        // When
        up.destroyForcibly();

        // Then
        await().atMost(END).until(() -> parts.stream().noneMatch(LauncherIT::isAlive));
        assertThat(RunFile.read(data)).isEmpty();
    }

    @Test
    void shouldStopEverythingAndSayHowLongItTookWhenAskedByDown() throws Exception {
        // Given
        var up = launch("up", "--servers-only", "--port-base", freeBase());
        var parts = awaitReady();
        var status = launch("status");
        assertThat(status.waitFor()).isZero();

        // When
        var down = launch("down");

        // Then
        assertThat(output(status)).contains("kafka", "registry", "cassandra", "MiB");
        assertThat(down.waitFor()).isZero();
        assertThat(up.waitFor(END.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(output(up)).contains("ready after", "stopped after").doesNotContain("Exception");
        assertThat(parts).noneMatch(LauncherIT::isAlive);
    }

    @Test
    void shouldLeaveNothingRunningWhenInterruptedWhileStarting() throws Exception {
        // Given
        var up = launch("up", "--servers-only", "--port-base", freeBase());
        await().atMost(START).until(() -> !pids().isEmpty());
        var parts = pids();

        // When
        up.destroy();

        // Then
        assertThat(up.waitFor(END.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(parts).noneMatch(LauncherIT::isAlive);
        assertThat(RunFile.read(data)).isEmpty();
    }

    @Test
    void shouldExitWithOneLineWhenAPortIsNoPort() throws Exception {
        // Given // When
        var up = launch("up", "--servers-only", "--port-base", "40000");

        // Then
        assertThat(up.waitFor()).isEqualTo(1);
        assertThat(output(up))
                .startsWith("millrace: the base of the ports is between")
                .hasLineCount(1);
    }

    private Process launch(String... arguments) throws Exception {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--data", data.toString()));
        var output = Files.createTempFile(data, "launched", ".out").toFile();
        var process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        launched.add(process);
        outputs.add(output);
        return process;
    }

    private final List<File> outputs = new ArrayList<>();

    private String output(Process process) throws Exception {
        return Files.readString(outputs.get(launched.indexOf(process)).toPath());
    }

    private static String freeBase() {
        return Integer.toString(Ports.free().edgeHttp());
    }

    private List<Long> awaitReady() throws Exception {
        await().atMost(START).until(() -> RunFile.read(data)
                .filter(run -> run.parts().size() == 3
                        && run.parts().stream().allMatch(part -> part.state().equals("ready")))
                .isPresent());
        return pids();
    }

    private List<Long> pids() throws Exception {
        return RunFile.read(data).stream()
                .flatMap(run -> run.parts().stream())
                .map(RunFile.RunningPart::pid)
                .filter(pid -> pid != 0)
                .toList();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
