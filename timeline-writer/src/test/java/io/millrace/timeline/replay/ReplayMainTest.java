package io.millrace.timeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldNameItsCommands() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("rebuild")
                .contains("verify")
                .contains("repair")
                .contains("as-of")
                .contains("dead-letters")
                .contains("refan")
                .contains("export")
                .contains("import")
                .contains("switch")
                .contains("reshard")
                .contains("shadow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "forget",
                "rebuild --table timelines",
                "rebuild --rate -1",
                "rebuild --threads 0",
                "verify --threads 0",
                "verify --save --user bob",
                "verify --since-saved --slices 2",
                "verify --partition one",
                "repair --slices 0",
                "as-of",
                "as-of --user bob --conversation d:alice:bob",
                "as-of --user bob --at yesterday",
                "dead-letters",
                "dead-letters show",
                "dead-letters show commands:7:0",
                "dead-letters show commands.dlq:7",
                "dead-letters replay",
                "dead-letters replay epochs.dlq:0:0",
                "dead-letters replay commands.dlq:7:0 --cause INVALID",
                "dead-letters replay --cause SOMETHING",
                "dead-letters drop commands.dlq:7:0",
                "dead-letters drop commands.dlq:7:0 --reason",
                "refan",
                "refan --conversation d:alice:bob --from 1",
                "refan --conversation d:alice:bob --from 3 --to 2",
                "refan --conversation d:alice:bob --from 0 --to 2",
                "refan --conversation alice --from 1 --to 2",
                "export",
                "export --out . --user bob",
                "export --out nowhere --closed",
                "export --out nowhere --since yesterday",
                "import",
                "import . --map alice",
                "shadow",
                "shadow compare",
                "shadow compare Rules",
                "shadow compare a-b",
                "shadow compare rules2 --wait soon",
                "shadow drop",
                "shadow drop *",
                "switch --keyspace millrace_2",
                "switch --keyspace millrace_2 --group timeline-writer",
                "reshard --conversations 0",
                "reshard --users 1000000",
                "reshard --users eight",
                "reshard --users 12 --rate -1",
                "reshard --users 12 --abandon",
                "reshard --confirm --abandon"
            })
    void shouldRefuseAWrongCommandLine(String line) {
        // When
        int exitCode = run(line.isEmpty() ? new String[0] : line.split(" "));

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void shouldRefuseSettingsThatCannotBe(@TempDir Path directory) throws Exception {
        // Given
        var file = Files.writeString(directory.resolve("timeline.yaml"), "cassandra: {keyspace: \"No Name\"}\n");

        // When
        int exitCode = run("verify", "--config", file.toString());

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("keyspace");
    }

    private int run(String... args) {
        return ReplayMain.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
