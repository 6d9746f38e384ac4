package io.millrace.localstack.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.Debian;
import io.millrace.localstack.SharedStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The commands of docs/by-hand.md, in one shell, as a reader would type them: each prints what the page says it prints,
 * where {@code …} stands for anything.
 */
@Timeout(120)
class ByHandIT {
    private static final Pattern STEP = Pattern.compile("```sh\\n(.*?)```\\n+```json\\n(.*?)```", Pattern.DOTALL);
    private static final String MARK = "--- next ---";

    @Test
    void shouldPrintWhatThePageSays() throws Exception {
        // Given
        var page = Files.readString(Path.of("../docs/by-hand.md"));
        var steps = STEP.matcher(page).results().toList();
        assertThat(steps).hasSizeGreaterThan(5);
        Debian.program(List.of("curl"), "curl", "ca-certificates");

        // When
        var printed = shell(steps.stream()
                        .map(step -> step.group(1))
                        .collect(Collectors.joining("\necho\necho '" + MARK + "'\n")))
                .split(MARK);

        // Then
        assertThat(printed).hasSameSizeAs(steps);
        for (int i = 0; i < printed.length; i++) {
            assertThat(printed[i].strip()).as(steps.get(i).group(1)).matches(expected(steps.get(i)));
        }
    }

    private static String shell(String script) throws IOException, InterruptedException {
        // Names of this run's own, so that the page may say alice and bob on a stack where others are called that.
        var run = UUID.randomUUID().toString().substring(0, 6);
        var own = script.replaceAll("(?<=[\" :])(alice|bob|carol)(?=[\":/)])", "$1-" + run)
                .replace(
                        "http://localhost:8080",
                        SharedStack.running().edge(0).resolve("/").toString().replaceAll("/$", ""));
        var process = new ProcessBuilder("sh", "-eu").redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(own.getBytes(StandardCharsets.UTF_8));
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.replace("-" + run, "");
    }

    private static String expected(MatchResult step) {
        return Arrays.stream(step.group(2).strip().split("…", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
    }
}
