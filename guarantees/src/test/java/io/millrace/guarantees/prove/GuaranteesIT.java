package io.millrace.guarantees.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.guarantees.report.FaultTime;
import io.millrace.guarantees.report.ReportPage;
import io.millrace.guarantees.report.VerdictFile;
import io.millrace.localstack.Ports;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A short run of the proof with a fixed plan; {@code ./millrace prove} is the long one. */
@Timeout(300)
final class GuaranteesIT {
    private static final long SEED = 20;
    private static final List<String> FAULTS =
            List.of("kill-edge", "kill-router", "reconnect-storm", "client-crash", "poison-commands");

    @Test
    void shouldKeepEveryPromiseWhenPartsDieUnderLoad() throws Exception {
        // Given
        var here = Path.of("target", "guarantees").toAbsolutePath();
        var options = new ProofOptions(
                SEED,
                Duration.ofSeconds(50),
                FAULTS,
                25,
                here.resolve("report"),
                here.resolve("stack"),
                Ports.free(),
                1,
                null);

        // When
        var verdict = new Proof(options, new PrintWriter(System.out, true, StandardCharsets.UTF_8)).run();
        VerdictFile.write(verdict, options.out().resolve("verdict.json"));
        ReportPage.write(verdict, options.out().resolve("report.html"));

        // Then
        assertThat(verdict.violations()).as("seed %d", SEED).isEmpty();
        assertThat(verdict.delays()).as("seed %d", SEED).isEmpty();
        assertThat(verdict.isLive()).isTrue();
        assertThat(verdict.faults())
                .extracting(FaultTime::name)
                .isSubsetOf(FAULTS)
                .isNotEmpty();
        assertThat(verdict.counts().get("events in the log")).isGreaterThan(200);
    }
}
