package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page about hostile input names only tests that exist, and every line names one or says why there is none. */
class HostileInputPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

    static Stream<String> tests() throws IOException {
        return TEST.matcher(page())
                .results()
                .map(found -> found.group(1) + "#" + found.group(2))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("tests")
    void shouldNameATestThatExists(String test) throws IOException {
        // Given
        var name = test.split("#");
        var method = Pattern.compile("(?m)^    void " + name[1] + "\\(");

        // Then
        assertThat(sources(name[0])).as(name[0]).isNotEmpty().anyMatch(source -> method.matcher(source)
                .find());
    }

    @Test
    void shouldSayOfEveryLineWhoHoldsIt() throws IOException {
        // Given
        var rows = page().lines()
                .filter(line -> line.matches("\\| [A-Z]\\d+[a-z]? \\|.*"))
                .toList();

        // Then
        assertThat(rows)
                .hasSizeGreaterThan(80)
                .allMatch(row -> TEST.matcher(row).find() || row.contains("not met by any feature yet: "));
        assertThat(rows.stream().map(row -> row.split(" ")[1])).doesNotHaveDuplicates();
        assertThat(rows).allMatch(row -> row.split("(?<!\\\\)\\|", -1).length == 6);
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/hostile-input.md"));
    }

    private static List<String> sources(String simpleName) throws IOException {
        try (var modules = Files.list(ROOT)) {
            var trees = modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList();
            var found = new ArrayList<String>();
            for (var tree : trees) {
                try (var files = Files.walk(tree)) {
                    for (var file :
                            files.filter(f -> f.endsWith(simpleName + ".java")).toList()) {
                        found.add(Files.readString(file));
                    }
                }
            }
            return found;
        }
    }
}
