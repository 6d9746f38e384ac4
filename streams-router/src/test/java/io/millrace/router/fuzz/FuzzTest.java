package io.millrace.router.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A fuzzer that is led by coverage, for a few seconds on each target, in a JVM with little memory. It begins with the
 * inputs of {@code src/test/resources/fuzz} and a good record of every type; what it finds goes there by hand. Longer or otherwise:
 * {@code -Dfuzz.seconds=600 -Dfuzz.seed=7}, given to the JVM of the tests by {@code surefire.argLine}.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class FuzzTest {
    private static final String SEED = System.getProperty("fuzz.seed", "20261123");
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 8);
    private static final Path WORK = Path.of("target", "fuzz").toAbsolutePath();
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs");
    private static final Path CORPUS =
            Path.of("src", "test", "resources", "fuzz").toAbsolutePath();

    @ParameterizedTest
    @ValueSource(classes = LogFuzz.class)
    void shouldDecideOrSetAsideWhateverComes(
            Class<?> target, @TempDir(cleanup = ON_SUCCESS) Path found, @TempDir Path seeds) throws Exception {
        // Given
        var name = target.getSimpleName();
        Files.createDirectories(WORK);
        Seeds.write(seeds);
        System.out.println(name + ": seed " + SEED + ", " + SECONDS + " s");

        // When
        int exit = fuzz(target, found, seeds);

        // Then
        assertThat(exit)
                .as("exit code of the fuzzer with seed %s; see %s/%s.log", SEED, WORK, name)
                .isZero();
        var runs = DONE.matcher(Files.readString(log(name)));
        assertThat(runs.find()).isTrue();
        assertThat(Long.parseLong(runs.group(1))).as("inputs tried").isGreaterThan(1000);
    }

    private static int fuzz(Class<?> target, Path found, Path seeds) throws IOException, InterruptedException {
        var name = target.getSimpleName();
        var command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-Djava.io.tmpdir=" + seeds,
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=io.millrace.**:org.apache.avro.**",
                "--custom_hook_includes=io.millrace.**:org.apache.avro.**",
                "--reproducer_path=" + found,
                "-artifact_prefix=" + found + "/",
                "-seed=" + SEED,
                "-max_total_time=" + SECONDS,
                "-max_len=2048",
                "-timeout=30",
                found.toString(),
                seeds.toString(),
                CORPUS.resolve(name).toString());
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile())
                .start();
        try {
            if (!process.waitFor(SECONDS + 90L, TimeUnit.SECONDS)) {
                throw new AssertionError(name + " did not come to an end");
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path log(String name) {
        return WORK.resolve(name + ".log");
    }
}
