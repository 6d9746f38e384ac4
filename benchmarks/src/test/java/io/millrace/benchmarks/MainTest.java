package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private static final int WRONG_COMMAND_LINE = 2;

    private final StringWriter errors = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sprint",
                "direct --rate 0",
                "direct --runs 0",
                "replay --rebuild-rate 0",
                "direct --jvm router",
                "direct --users 1"
            })
    void shouldSayWhatIsWrongWhenTheCommandLineIs(String line) {
        // When
        int exitCode = run(line.split(" "));

        // Then
        assertThat(exitCode).isEqualTo(WRONG_COMMAND_LINE);
        assertThat(errors.toString()).isNotBlank();
    }

    @Test
    void shouldNameTheScenariosWhenThereIsNoSuchOne() {
        // When
        run("sprint");

        // Then
        assertThat(errors.toString()).contains("direct", "group", "idle", "roam", "replay", "step", "soak");
    }

    private int run(String... arguments) {
        return Main.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
    }
}
