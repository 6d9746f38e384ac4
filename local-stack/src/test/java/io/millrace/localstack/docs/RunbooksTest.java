package io.millrace.localstack.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runbooks name pages, metrics and settings that exist, and their programs compile. */
class RunbooksTest {
    private static final Path RUNBOOKS = Repository.ROOT.resolve("runbooks");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern METRIC = Pattern.compile("millrace_[a-z_]+[a-z]");
    private static final Pattern NAMED_BY_CODE = Pattern.compile("runbooks/([a-z-]+\\.md)");

    static List<Path> pages() {
        return Repository.files(RUNBOOKS, ".md");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldLinkToWhatExists(Path page) throws Exception {
        var links = LINK.matcher(Files.readString(page));
        while (links.find()) {
            assertThat(page.resolveSibling(links.group(1))).as(links.group()).exists();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldNameMetricsThatExist(Path page) throws Exception {
        var sources = Repository.sources();
        var metrics = METRIC.matcher(Files.readString(page));
        while (metrics.find()) {
            var name = metrics.group().replaceAll("(_total|_seconds)$", "").replace('_', '.');
            assertThat(sources.contains('"' + name + '"')).as(name).isTrue();
        }
    }

    @Test
    void shouldListEveryPageInTheIndex() throws Exception {
        // Given
        var index = Files.readString(RUNBOOKS.resolve("README.md"));

        // Then
        assertThat(pages().stream().map(page -> String.valueOf(page.getFileName())))
                .filteredOn(name -> !name.equals("README.md"))
                .allSatisfy(name -> assertThat(index).contains("](" + name + ")"));
    }

    @Test
    void shouldHavePagesThatMessagesName() {
        // Given
        var named = new TreeSet<String>();
        var names = NAMED_BY_CODE.matcher(Repository.sources());
        while (names.find()) {
            named.add(names.group(1));
        }

        // Then
        assertThat(named).isNotEmpty().allSatisfy(name -> assertThat(RUNBOOKS.resolve(name))
                .exists());
    }

    static Stream<Path> programs() {
        return Repository.files(RUNBOOKS.resolve("tools"), ".java").stream();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void shouldHaveProgramsThatCompile(Path program, @TempDir Path classes) {
        // When
        int exitCode = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.toString());

        // Then
        assertThat(exitCode).isZero();
    }
}
