package io.millrace.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table in docs/architecture.md is made from the catalogue; {@code -Dmillrace.docs.write=true} writes it. */
class TopicTableTest {
    private static final Path DOCUMENT = Path.of("../docs/architecture.md");
    private static final String BEGIN = "<!-- topics:begin -->\n";
    private static final String END = "<!-- topics:end -->";

    @Test
    void shouldStandInTheArchitectureDocument() throws IOException {
        // Given
        var text = Files.readString(DOCUMENT);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);

        // When
        var expected = table();
        if (Boolean.getBoolean("millrace.docs.write")) {
            Files.writeString(DOCUMENT, text.substring(0, from) + expected + text.substring(to));
            return;
        }

        // Then
        assertThat(text.substring(from, to))
                .as("run: mvn -pl schemas test -Dtest=TopicTableTest -Dsurefire.argLine=-Dmillrace.docs.write=true")
                .isEqualTo(expected);
    }

    private static String table() {
        var header = "| topic | key | value | partitions | retention | cleanup | time | written by | purpose |\n"
                + "|---|---|---|---|---|---|---|---|---|\n";
        return TopicCatalogue.ALL.stream().map(TopicTableTest::row).collect(Collectors.joining("\n", header, "\n"));
    }

    private static String row(TopicSpec<?> topic) {
        return "| `" + topic.name() + "` | " + topic.key().replace("<", "&lt;") + " | `"
                + topic.value().getSimpleName() + "` | "
                + topic.partitioning().name().toLowerCase(Locale.ROOT) + " ("
                + topic.partitions(PartitionCounts.LOCAL) + ") | "
                + topic.retention().map(TopicTableTest::inWords).orElse("for ever") + " | "
                + (topic.compacted() ? "compact" : "delete") + " | " + (topic.brokerTime() ? "broker" : "record")
                + " | " + topic.owner() + " | " + topic.purpose() + " |";
    }

    private static String inWords(Duration retention) {
        return retention.toDays() > 0 ? retention.toDays() + " d" : retention.toHours() + " h";
    }
}
