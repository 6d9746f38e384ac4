package io.millrace.localstack.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.docs.SettingRows.Row;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/configuration.md is made from the settings records; {@code -Dmillrace.docs.write=true} writes its tables. */
class ConfigurationPageTest {
    private static final String PAGE = "docs/configuration.md";

    static Stream<Arguments> services() {
        return Stream.of(
                Arguments.of("edge", "io.millrace.edge.EdgeConfig"),
                Arguments.of("router", "io.millrace.router.RouterConfig"),
                Arguments.of("timeline", "io.millrace.timeline.TimelineConfig"),
                Arguments.of("webhooks", "io.millrace.webhooks.WebhooksConfig"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("services")
    void shouldStandInTheConfigurationPage(String service, String className) throws Exception {
        // Given
        var text = Repository.read(PAGE);
        var begin = "<!-- " + service + ":begin -->\n";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("<!-- " + service + ":end -->");

        // When
        var expected = table(rows(service, className));
        if (Boolean.getBoolean("millrace.docs.write")) {
            Files.writeString(Repository.ROOT.resolve(PAGE), text.substring(0, from) + expected + text.substring(to));
            return;
        }

        // Then
        assertThat(text.substring(from, to))
                .as("run: mvn -pl local-stack -am test -Dtest=ConfigurationPageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dsurefire.argLine=-Dmillrace.docs.write=true")
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("services")
    void shouldSayWhatEverySettingMeans(String service, String className) throws Exception {
        assertThat(rows(service, className)).allSatisfy(row -> assertThat(row.meaning())
                .as(row.path() + " has a @param that says more than its default")
                .isNotBlank());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("services")
    void shouldNameTheVariablesThatTheLoaderAccepts(String service, String className) throws Exception {
        // Given
        var named = rows(service, className).stream()
                .map(Row::variable)
                .filter(name -> !name.isEmpty())
                .toList();

        // Then
        try (var settings = new ServiceSettings()) {
            assertThat(settings.acceptedVariables(service, settings.record(className)))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @Test
    void shouldShowDefaultsThatTheRecordsChoose() throws Exception {
        // Given
        var standard = new LinkedHashMap<String, String>();
        rows("edge", "io.millrace.edge.EdgeConfig").forEach(row -> standard.put(row.path(), row.standard()));

        // Then
        assertThat(standard)
                .containsAllEntriesOf(Map.of(
                        "http.port", "`8080`", "commands.acknowledgedWithin", "`900ms`", "fingerprintKey", "none"));
    }

    private static List<Row> rows(String service, String className) throws Exception {
        try (var settings = new ServiceSettings()) {
            return SettingRows.of(service, settings.record(className));
        }
    }

    private static String table(List<Row> rows) {
        var table = new StringBuilder("| path | variable | type | default | meaning |\n|---|---|---|---|---|\n");
        for (var row : rows) {
            table.append("| `")
                    .append(row.path())
                    .append("` | ")
                    .append(row.variable().isEmpty() ? "" : "`" + row.variable() + "`")
                    .append(" | ")
                    .append(row.type())
                    .append(" | ")
                    .append(row.standard())
                    .append(" | ")
                    .append(row.meaning().replace("|", "\\|"))
                    .append(" |\n");
        }
        return table.toString();
    }
}
