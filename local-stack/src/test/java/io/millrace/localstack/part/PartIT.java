package io.millrace.localstack.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.child.JvmCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of a part, whose JVM is a small server of this test. */
@Timeout(120)
final class PartIT {
    @TempDir
    private Path directory;

    private final List<PartState> states = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private int port;

    /** Listens, or does what its second argument says. */
    public static final class SmallServer {
        public static void main(String[] args) throws Exception {
            if (args[1].equals("refuse")) {
                System.err.println("the reason stands on the last line");
                System.exit(3);
            }
            if (args[1].equals("sleep")) {
                Thread.currentThread().join();
            }
            if (args[1].equals("stubborn")) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    while (true) {
                        Thread.onSpinWait();
                    }
                }));
            }
            try (var server = new ServerSocket(Integer.parseInt(args[0]), 10, InetAddress.getLoopbackAddress())) {
                while (true) {
                    server.accept().close();
                }
            }
        }
    }

    @BeforeEach
    void makeLogs() throws IOException {
        Files.createDirectories(directory.resolve("logs"));
        try (var any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = any.getLocalPort();
        }
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (var part : parts) {
            part.kill();
        }
    }

    private Part part(String behaviour, Duration startPatience) {
        var classes = Path.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator)[0]);
        var command = new JvmCommand(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                List.of("-Xmx32m", "-XX:TieredStopAtLevel=1"),
                List.of(classes),
                SmallServer.class.getName(),
                List.of(Integer.toString(port), behaviour));
        var spec = new PartSpec(
                "small", Map.of("tcp", port), () -> {}, command, Readiness.port(port), Duration.ofSeconds(3));
        var home = new PartHome(directory.resolve("logs"), directory.resolve("archives"), false, startPatience);
        var part = new Part(spec, home, (p, state) -> states.add(state));
        parts.add(part);
        return part;
    }

    @Test
    void shouldGoThroughItsLifeWhenStartedAndStopped() throws Exception {
        // Given
        var part = part("serve", Duration.ofSeconds(60));

        // When
        part.start();
        var pid = part.pid();
        part.stop();

        // Then
        assertThat(states).containsExactly(PartState.STARTING, PartState.READY, PartState.STOPPING, PartState.STOPPED);
        assertThat(ProcessHandle.of(pid.orElseThrow())).isEmpty();
        assertThat(LoopbackPort.isFree(port)).isTrue();
    }

    @Test
    void shouldTellTheEndOfItsLogWhenItsJvmEndsBeforeItIsReady() {
        // Given
        var part = part("refuse", Duration.ofSeconds(60));

        // When // Then
        assertThatThrownBy(part::start)
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("small ended with exit code 3; its log is " + part.log())
                .hasMessageContaining("  | the reason stands on the last line");
        assertThat(part.state()).isEqualTo(PartState.FAILED);
    }

    @Test
    void shouldBeGoneWhenItIsNotReadyInTime() {
        // Given
        var part = part("sleep", Duration.ofSeconds(3));

        // When // Then
        assertThatThrownBy(part::start)
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("small was not ready within 3 s");
        assertThat(part.pid()).isEmpty();
    }

    @Test
    void shouldBeKilledWhenItDoesNotStopInTime() throws Exception {
        // Given
        var part = part("stubborn", Duration.ofSeconds(60));
        part.start();
        var pid = part.pid();

        // When
        part.stop();

        // Then
        assertThat(ProcessHandle.of(pid.orElseThrow())).isEmpty();
    }

    @Test
    void shouldBeSeenAsFailedWhenItsJvmEndsUnasked() throws Exception {
        // Given
        var part = part("serve", Duration.ofSeconds(60));
        part.start();
        var process = ProcessHandle.of(part.pid().orElseThrow()).orElseThrow();

        // When
        process.destroyForcibly();
        process.onExit().get();

        // Then
        assertThat(part.state()).isEqualTo(PartState.FAILED);
        assertThat(part.failure()).startsWith("small ended with exit code 137");
    }

    @Test
    void shouldAnswerAgainWhenThawed() throws Exception {
        // Given
        var part = part("serve", Duration.ofSeconds(60));
        part.start();

        // When
        part.freeze();
        part.thaw();

        // Then
        assertThat(part.spec().readiness().isReady()).isTrue();
        assertThat(part.state()).isEqualTo(PartState.READY);
    }
}
