package io.millrace.localstack.contract;

import io.millrace.localstack.BuiltParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One section of a page whose lines are there to be copied. */
final class SampleLines {
    private static final Pattern STEP = Pattern.compile("(?s)```sh\\n(.*?)```(?:\\n+```text\\n(.*?)```)?");

    private final String section;

    private SampleLines(String section) {
        this.section = section;
    }

    /** What is typed, and lines that are printed then, among others; {@code …} stands for anything. */
    record Step(String script, List<String> printed) {
        /** The printed lines of the page that this output lacks. */
        List<String> missingIn(String output) {
            var lines = output.lines().map(String::strip).toList();
            return printed.stream()
                    .filter(line -> lines.stream().noneMatch(pattern(line).asMatchPredicate()))
                    .toList();
        }

        private static Pattern pattern(String line) {
            return Pattern.compile(Arrays.stream(line.split("…", -1))
                    .map(String::strip)
                    .map(Pattern::quote)
                    .collect(Collectors.joining("\\s*\\S.*")));
        }
    }

    /** @param heading of the section; null for the whole page */
    static SampleLines of(String page, @Nullable String heading) throws IOException {
        var text = Files.readString(BuiltParts.repository().resolve(page));
        if (heading == null) {
            return new SampleLines(text);
        }
        int begin = text.indexOf("\n## " + heading + "\n");
        if (begin < 0) {
            throw new IllegalArgumentException(page + " has no section " + heading);
        }
        int end = text.indexOf("\n## ", begin + 1);
        return new SampleLines(text.substring(begin, end < 0 ? text.length() : end));
    }

    List<Step> steps() {
        return STEP.matcher(section)
                .results()
                .map(found -> new Step(
                        found.group(1),
                        found.group(2) == null
                                ? List.of()
                                : found.group(2).lines().toList()))
                .toList();
    }

    /** The file that the section shows in this language, written under this name. */
    void write(String language, Path file) throws IOException {
        var block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(section);
        if (!block.find()) {
            throw new IllegalArgumentException("no block of " + language);
        }
        Files.writeString(file, block.group(1));
    }
}
