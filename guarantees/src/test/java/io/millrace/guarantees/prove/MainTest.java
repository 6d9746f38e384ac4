package io.millrace.guarantees.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.guarantees.check.Flaw;
import io.millrace.guarantees.check.Violation;
import io.millrace.guarantees.fault.Fault;
import io.millrace.guarantees.fault.FaultCatalogue;
import io.millrace.guarantees.report.FaultTime;
import io.millrace.guarantees.report.Verdict;
import io.millrace.guarantees.report.VerdictFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldListEveryFaultAndWhatIsNotRun() {
        // When
        int exitCode = run("--list");

        // Then
        assertThat(exitCode).isZero();
        assertThat(FaultCatalogue.all())
                .extracting(Fault::name)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(out.toString()).contains(name));
        assertThat(FaultCatalogue.notRun())
                .allSatisfy(each -> assertThat(out.toString()).contains(each.why()));
    }

    @Test
    void shouldRefuseAFaultThatThereIsNot() {
        // When
        int exitCode = run("--faults", "kill-edge,earthquake");

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("earthquake").doesNotContain("\tat ");
    }

    @Test
    void shouldRefuseARunWithoutTime() {
        assertThat(run("--minutes", "0")).isEqualTo(2);
    }

    @Test
    void shouldPrintTheTableOfRunsThatAreKept(@TempDir Path kept) throws IOException {
        // Given
        keep(kept, 11, List.of());
        keep(kept, 2, List.of(new Violation(Flaw.LOST, "log", "gone")));

        // When
        int exitCode = run("--table", kept.toString());

        // Then
        assertThat(exitCode).as("one is broken").isEqualTo(1);
        assertThat(out.toString().lines())
                .contains("| `kill-router` | F13 | 2 | 1 | 3.0 s | 3.0 s |")
                .containsSubsequence(
                        "| 2 | 10.0 | 1 | 5 / 0 / 0 | 0 | 1 | 0 |", "| 11 | 10.0 | 1 | 5 / 0 / 0 | 0 | 0 | 0 |");
    }

    @Test
    void shouldRefuseATableOfWhatIsNoRun(@TempDir Path kept) throws IOException {
        // Given
        Files.writeString(Files.createDirectories(kept.resolve("seed-1")).resolve("verdict.json"), "{}");

        // Then
        assertThat(run("--table", kept.toString())).isEqualTo(2);
        assertThat(run("--table", kept.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("no runs can be read from").doesNotContain("\tat ");
    }

    private static void keep(Path kept, long seed, List<Violation> violations) throws IOException {
        var fault = new FaultTime("kill-router", "F13", "kill -9", "router", 1, 2, 3_000_000_002L, List.of());
        var verdict = new Verdict(
                seed,
                "2026-11-23T12:00:00Z",
                10,
                20,
                List.of(fault),
                List.of(),
                Map.of("operations OK", 5L),
                List.of(),
                0,
                1,
                violations,
                List.of());
        VerdictFile.write(
                verdict, Files.createDirectories(kept.resolve("seed-" + seed)).resolve("verdict.json"));
    }

    private int run(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
