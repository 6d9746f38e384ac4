package io.millrace.guarantees.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldRefuseAScenarioThatThereIsNot() {
        // When
        int exitCode = run("--scenario", "idle,flood");

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("flood", "slow-reader").doesNotContain("\tat ");
    }

    @Test
    void shouldRefuseALoadOfNothing() {
        assertThat(run("--seconds", "0")).isEqualTo(2);
        assertThat(run("--sessions", "0")).isEqualTo(2);
        assertThat(run("--senders", "1")).isEqualTo(2);
    }

    private int run(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
