package io.millrace.guarantees.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.guarantees.check.Flaw;
import io.millrace.guarantees.check.Liveness.Delay;
import io.millrace.guarantees.check.Liveness.Delivery;
import io.millrace.guarantees.check.Violation;
import io.millrace.guarantees.fault.FaultCatalogue;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void shouldTellAllOfItOnOnePage() throws Exception {
        // When
        ReportPage.write(verdict(List.of(new Violation(Flaw.LOST, "log <d:a:b>", "gone")), List.of()), page());

        // Then
        assertThat(page())
                .content()
                .contains("A promise is broken", "LOST", "log &lt;d:a:b&gt;", "kill-router", "<svg", "polyline")
                .doesNotContain("src=", "href=", "log <d:a:b>");
    }

    @Test
    void shouldHoldOnlyWhenNothingIsBrokenAndNothingIsLate() throws Exception {
        // Given
        var good = verdict(List.of(), List.of());
        var late = verdict(List.of(), List.of(new Delay("no rest", "3 commands are undecided")));

        // When
        VerdictFile.write(good, directory.resolve("verdict.json"));

        // Then
        var json = new ObjectMapper().readTree(Files.readString(directory.resolve("verdict.json")));
        assertThat(json.path("holds").asBoolean()).isTrue();
        assertThat(json.path("seed").asLong()).isEqualTo(7);
        assertThat(json.at("/faults/0/worstSeconds").asDouble()).isEqualTo(3.0);
        assertThat(late.holds()).isFalse();
    }

    @Test
    void shouldSayTheSeedAtTheTerminal() {
        // Given
        var text = new StringWriter();

        // When
        Summary.print(verdict(List.of(), List.of()), new PrintWriter(text));

        // Then
        assertThat(text.toString()).contains("everything holds: seed 7", "kill-router", "not run: F18");
    }

    private Path page() {
        return directory.resolve("report.html");
    }

    private static Verdict verdict(List<Violation> violations, List<Delay> delays) {
        return new Verdict(
                7,
                "2026-11-23T12:00:00Z",
                1,
                30,
                List.of(
                        new FaultTime(
                                "kill-router", "F13", "kill -9", "router", SECOND, 2 * SECOND, 3 * SECOND, List.of()),
                        new FaultTime(
                                "kill-router",
                                "F13",
                                "kill -9",
                                "router-2",
                                5 * SECOND,
                                6 * SECOND,
                                9 * SECOND,
                                List.of())),
                FaultCatalogue.notRun(),
                Map.of("events in the log", 12L),
                List.of(new Delivery(SECOND, SECOND / 100), new Delivery(2 * SECOND, SECOND)),
                10 * SECOND,
                12 * SECOND,
                violations,
                delays);
    }
}
