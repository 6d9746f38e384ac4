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
        assertThat(section("faults")).as("between the marks in %s", PAGE).isEqualTo(String.join("\n", rows));
    }

    @Test
    void shouldSayOnThePageWhatIsNotRun() throws IOException {
        // Given
        var rows = FaultCatalogue.notRun().stream()
                .map(each -> row(each.matrix(), each.what(), each.why()))
                .toList();

        // Then
        assertThat(section("not-run")).as("between the marks in %s", PAGE).isEqualTo(String.join("\n", rows));
    }

    private static String row(String first, String second, String third) {
        return "| " + first + " | " + second + " | " + third + " |";
    }

    private static String section(String name) throws IOException {
        var page = Files.readString(PAGE);
        var begin = "<!-- " + name + ":begin -->\n";
        return page.substring(page.indexOf(begin) + begin.length(), page.indexOf("<!-- " + name + ":end -->"))
                .strip();
    }
}
