package io.millrace.localstack.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.BuiltParts;
import io.millrace.localstack.Debian;
import io.millrace.localstack.SharedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lines of docs/taps.md, as a reader would copy them: each prints what the page says that it prints. */
@Timeout(300)
class TapsIT {
    private static final String PAGE = "docs/taps.md";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Names of this run's own, so that the page may say alice and bob on a stack where others are called that. */
    private static final String RUN = UUID.randomUUID().toString().substring(0, 6);

    private static Map<String, String> environment;

    @TempDir
    private Path directory;

    @BeforeAll
    static void post() throws Exception {
        var stack = SharedStack.running();
        environment = Map.of(
                "KAFKA", stack.parts().bootstrapServers(),
                "REGISTRY", stack.parts().registryUrl(),
                "PATH", BuiltParts.java().getParent() + ":" + System.getenv("PATH"));
        var answer = Wire.of(stack.edge(0), own("alice"))
                .post(
                        "v1/messages",
                        own("{\"clientMessageId\":\"c-1\",\"to\":{\"user\":\"bob\"},"
                                + "\"body\":{\"kind\":\"text\",\"text\":\"hello\"}}"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    @Test
    void shouldShowKeysTimesSizesAndSchemasToKcat() throws Exception {
        // Given
        Debian.program(List.of("kcat"), "kcat");
        Debian.program(List.of("curl"), "curl", "ca-certificates");
        var steps = SampleLines.of(PAGE, "kcat").steps();

        // Then
        assertThat(steps).hasSize(5);
        for (var step : steps) {
            await(step.script()).atMost(PATIENCE).untilAsserted(() -> {
                var output = run(step.script());
                assertThat(own(step).missingIn(output)).as(output).isEmpty();
            });
        }
    }

    @Test
    void shouldBeReadByKafkajs() throws Exception {
        // Given
        var section = SampleLines.of(PAGE, "kafkajs");
        section.write("js", directory.resolve("tap.mjs"));
        var steps = section.steps();
        assertThat(steps).hasSize(2);

        // When
        run(steps.get(0).script());

        // Then
        assertGoesOnAndPrints(steps.get(1));
    }

    @Test
    void shouldShowBodiesToWhoeverReadsTheKeysToo() throws Exception {
        // Given
        var section = SampleLines.of(PAGE, "Reading bodies");
        section.write("js", directory.resolve("bodies.mjs"));
        run(SampleLines.of(PAGE, "kafkajs").steps().get(0).script());
        var steps = section.steps();

        // Then
        assertThat(steps).hasSize(1);
        assertGoesOnAndPrints(steps.get(0));
    }

    @Test
    void shouldBeReadByJavaWithGenericAvro() throws Exception {
        // Given
        var section = SampleLines.of(PAGE, "Java with generic Avro");
        section.write("java", directory.resolve("Tap.java"));
        var jars = Files.createDirectories(directory.resolve("jars"));
        for (var jar : foreignJars()) {
            Files.copy(jar, jars.resolve(jar.getFileName()));
        }
        var steps = section.steps();

        // Then
        assertThat(steps).hasSize(1);
        assertGoesOnAndPrints(steps.get(0));
    }

    /** Confluent's classes bring Kafka's client and Avro, but not the interfaces for logging. */
    private static List<Path> foreignJars() {
        var logging = Stream.of(System.getProperty("java.class.path").split(":"))
                .filter(jar -> jar.contains("slf4j-api"))
                .map(Path::of);
        return Stream.concat(Stream.of(Path.of("target", "confluent", "confluent-classes.jar")), logging)
                .toList();
    }

    private String run(String script) throws IOException, InterruptedException {
        var output = Files.createTempFile(directory, "step", ".out");
        int exitCode = start(script, output).waitFor();
        assertThat(exitCode).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    /** A tap ends when it is ended. */
    private void assertGoesOnAndPrints(SampleLines.Step step) throws IOException {
        var output = Files.createTempFile(directory, "tap", ".out");
        var process = start(step.script(), output);
        try {
            await(step.script()).atMost(PATIENCE).untilAsserted(() -> {
                var printed = Files.readString(output);
                assertThat(own(step).missingIn(printed)).as(printed).isEmpty();
            });
            assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start(String script, Path output) throws IOException {
        var builder = new ProcessBuilder("sh", "-euc", own(script))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("JARS", directory.resolve("jars").toString());
        // no part of what is copied, and shared with the other tests of the machine
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Xmx256m -XX:+UseSerialGC");
        return builder.start();
    }

    private static SampleLines.Step own(SampleLines.Step step) {
        return new SampleLines.Step(
                step.script(), step.printed().stream().map(TapsIT::own).toList());
    }

    private static String own(String text) {
        return text.replaceAll("\\b(alice|bob)\\b", "$1-" + RUN);
    }
}
