package io.millrace.guarantees.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of docs/guarantees.md are those of the catalogue. */
class FaultTablesTest {
    private static final Path PAGE = Path.of("..", "docs", "guarantees.md");

    @Test
    void shouldListEveryFaultOnThePage() throws IOException {
        // Given
        List<String> rows = new ArrayList<>();
        FaultCatalogue.all()
                .forEach(fault -> rows.add(row("`" + fault.name() + "`", fault.matrix(), fault.description())));
        FaultCatalogue.always().forEach((matrix, what) -> rows.add(row("always", matrix, what)));

        // Then
        check("faults", rows);
    }

    @Test
    void shouldSayOnThePageWhatIsNotRun() throws IOException {
        // Given
        var rows = FaultCatalogue.notRun().stream()
                .map(each -> row(each.matrix(), each.what(), each.why()))
                .toList();

        // Then
        check("not-run", rows);
    }

    private static String row(String first, String second, String third) {
        return "| " + first + " | " + second + " | " + third + " |";
    }

    /** With the system property {@code millrace.docs.write} the page is written anew. */
    private static void check(String name, List<String> rows) throws IOException {
        var page = Files.readString(PAGE);
        int begin = page.indexOf("<!-- " + name + ":begin -->") + ("<!-- " + name + ":begin -->").length();
        int end = page.indexOf("<!-- " + name + ":end -->");
        var wanted = "\n" + String.join("\n", rows) + "\n";
        if (Boolean.getBoolean("millrace.docs.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + wanted + page.substring(end));
        } else {
            assertThat(page.substring(begin, end))
                    .as("between the marks in %s; -Dmillrace.docs.write=true writes it", PAGE)
                    .isEqualTo(wanted);
        }
    }
}
