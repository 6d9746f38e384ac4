package io.millrace.localstack.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/security.md names tests and pages that exist, and every rule of code names a test or a page that holds it. */
class SecurityPageTest {
    private static final String PAGE = "docs/security.md";
    private static final Pattern TEST = Pattern.compile("`(\\w+(Test|IT|Fuzz))`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)");

    private static final Set<String> WRITTEN = Stream.of(
                    "schemas",
                    "service-runtime",
                    "edge-connector",
                    "streams-router",
                    "timeline-writer",
                    "webhooks",
                    "local-stack")
            .map(module -> Repository.ROOT.resolve(module).resolve("src/test/java"))
            .flatMap(tests -> Repository.files(tests, ".java").stream())
            .map(file -> String.valueOf(file.getFileName()))
            .collect(Collectors.toSet());

    static Stream<String> tests() {
        return TEST.matcher(Repository.read(PAGE))
                .results()
                .map(found -> found.group(1))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("tests")
    void shouldNameATestThatExists(String test) {
        assertThat(WRITTEN).contains(test + ".java");
    }

    @Test
    void shouldLinkToWhatExists() {
        LINK.matcher(Repository.read(PAGE)).results().forEach(link -> assertThat(
                        Repository.ROOT.resolve("docs").resolve(link.group(1)))
                .exists());
    }

    @Test
    void shouldSayOfEveryRuleAboutTokensAndServersWhichTestWouldFail() {
        // Given
        var page = Repository.read(PAGE);
        var rules = page.substring(page.indexOf("## Edge"), page.indexOf("## Logs"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| rule"))
                .toList();

        // Then
        assertThat(rules)
                .hasSizeGreaterThan(30)
                .allMatch(rule -> TEST.matcher(rule).find()
                        || LINK.matcher(rule).find()
                        || rule.contains("the servers' settings"));
    }
}
