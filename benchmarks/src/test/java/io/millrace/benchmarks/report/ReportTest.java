package io.millrace.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    private Path directory;

    @Test
    void shouldBeTheSameWhenItIsReadAgain() throws IOException {
        // Given
        var report = report(List.of(run("run 1", 100, 20), run("run 2", 300, 30)));
        var file = directory.resolve("direct.json");

        // When
        JsonReport.write(report, file);

        // Then
        assertThat(JsonReport.read(file)).isEqualTo(report);
    }

    @Test
    void shouldTellTheMedianWhenThereAreSeveralRuns() {
        // When
        var summary = Summary.of(List.of(run("run 1", 100, 20), run("run 2", 300, 30), run("run 3", 120, 25)));

        // Then
        assertThat(summary)
                .filteredOn(each -> each.name().equals("delivered a second"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.median()).isEqualTo(120);
                    assertThat(each.least()).isEqualTo(100);
                    assertThat(each.most()).isEqualTo(300);
                });
    }

    @Test
    void shouldDrawEveryPlotWhenThereIsSomethingToDraw() throws IOException {
        // Given
        var page = directory.resolve("direct.html");

        // When
        HtmlReport.write(report(List.of(run("run <1>", 100, 20))), page);

        // Then
        assertThat(Files.readString(page))
                .contains("run &lt;1&gt;")
                .contains("aria-label=\"Latency over time\"")
                .contains("aria-label=\"Percentiles\"")
                .contains("aria-label=\"CPU by process\"")
                .contains("aria-label=\"threads\"")
                .doesNotContain("NaN")
                .doesNotContain("src=")
                .doesNotContain("href=");
    }

    @Test
    void shouldTellWhatTheSecondIsOfTheFirstWhenTwoAreCompared() {
        // Given
        var text = new StringWriter();

        // When
        Comparison.print(
                report(List.of(run("run 1", 100, 20))),
                report(List.of(run("run 1", 250, 10))),
                new PrintWriter(text, true));

        // Then
        assertThat(text.toString().lines().filter(line -> line.contains("delivered a second")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("100", "250", "2.50"));
    }

    private static Section run(String name, double perSecond, int ms) {
        var micros = new Histogram(60_000_000, 3);
        for (int i = 1; i <= 100; i++) {
            micros.recordValue(i * ms * 10L);
        }
        var seconds =
                List.of(new Spread.Second(0, 50, ms, ms * 2, ms * 3), new Spread.Second(1, 50, ms, ms * 2, ms * 3));
        return new Section(
                name,
                List.of(new Figure("delivered a second", perSecond, "entries/s")),
                List.of(Spread.of("delivered", micros, seconds)),
                List.of(new CpuUse("kafka", 0.5, List.of(0.4, 0.6))),
                List.of(new Series("kafka", "threads", 1, List.of(40.0, 41.0))));
    }

    private static Report report(List<Section> runs) {
        return new Report(
                "direct",
                "chat",
                "2026-11-01T00:00:00Z",
                1,
                Map.of("cores", "2"),
                Map.of("kafka", "4"),
                Map.of("rate", "100"),
                runs,
                List.of(),
                Summary.of(runs),
                List.of(Ratio.of("delivered over copies", 100, 200)));
    }
}
