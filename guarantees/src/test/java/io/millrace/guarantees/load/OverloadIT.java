package io.millrace.guarantees.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.guarantees.load.Result.Kind;
import io.millrace.localstack.Ports;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every kind of load in small: that everything is answered once and counted; {@code ./millrace overload} tells times. */
@Timeout(300)
final class OverloadIT {
    @Test
    void shouldAnswerEverythingOnceWhenThereIsMoreThanIsBorne() throws Exception {
        // Given
        var here = Path.of("target", "overload").toAbsolutePath();
        var options = new LoadOptions(
                Duration.ofSeconds(2), 200, 40, 50, here.resolve("report"), here.resolve("stack"), Ports.free());
        var scenarios = LoadRun.all().stream()
                .filter(each -> List.of("idle", "overload").contains(each.name())) // the others are about times alone
                .toList();

        // When
        var results = new LoadRun(options, new PrintWriter(System.out, true, StandardCharsets.UTF_8)).run(scenarios);

        // Then
        assertThat(results).extracting(Result::scenario).containsExactly("idle", "overload");
        for (var result : results) {
            assertThat(result.figures()).as(result.scenario()).isNotEmpty();
            assertThat(result.promises())
                    .as(result.scenario())
                    .filteredOn(promise -> promise.kind() == Kind.COMPLETE)
                    .isNotEmpty()
                    .allMatch(Result.Promise::kept);
            var written =
                    new ObjectMapper().readTree(ResultFile.file(result, options).toFile());
            assertThat(written.path("promises")).hasSameSizeAs(result.promises());
        }
    }
}
