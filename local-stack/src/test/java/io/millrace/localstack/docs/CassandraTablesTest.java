package io.millrace.localstack.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The catalogue of Cassandra tables in docs/architecture.md is made from the .cql files and the statements that write;
 * {@code -Dmillrace.docs.write=true} writes it.
 */
class CassandraTablesTest {
    private static final String DOCUMENT = "docs/architecture.md";
    private static final String BEGIN = "<!-- tables:begin -->\n";
    private static final String END = "<!-- tables:end -->";
    private static final String STORE = "timeline-writer/src/main/java/io/millrace/timeline/cassandra/";
    private static final String REPAIR = "RowMending.java";
    private static final Pattern BUCKET_SIZE = Pattern.compile("long SIZE = ([0-9_]+);");

    @Test
    void shouldStandInTheArchitectureDocument() throws Exception {
        // Given
        var text = Repository.read(DOCUMENT);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);

        // When
        var expected = catalogue();
        if (Boolean.getBoolean("millrace.docs.write")) {
            Files.writeString(
                    Repository.ROOT.resolve(DOCUMENT), text.substring(0, from) + expected + text.substring(to));
            return;
        }

        // Then
        assertThat(text.substring(from, to))
                .as("run: mvn -pl local-stack -am test -Dtest=CassandraTablesTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dsurefire.argLine=-Dmillrace.docs.write=true")
                .isEqualTo(expected);
    }

    @Test
    void shouldSayWhatEachTableIsFor() {
        assertThat(tables()).isNotEmpty().allSatisfy(table -> assertThat(table.comment())
                .as(table.name())
                .isNotBlank());
    }

    @Test
    void shouldNeitherDeleteNorExpireRowsUnlessARepairDoes() {
        assertThat(tables()).noneMatch(CassandraTable::expires);
        assertThat(statements()).doesNotContain("DELETE ").doesNotContain("USING TTL");
        assertThat(Repository.read(STORE + REPAIR)).contains("\"DELETE FROM $.\"");
    }

    @Test
    void shouldExpireNothingButTheBodyOfAMessageThatEnds() {
        var expiring = Pattern.compile("AND TTL :seconds\"\\s*\\+ \" SET body = :body WHERE (conversation|user) =")
                .matcher(statements());
        assertThat(expiring.results().count())
                .as("of a message, and of one that waits")
                .isEqualTo(2)
                .isEqualTo(statements().split("TTL :", -1).length - 1);
    }

    private static String catalogue() {
        var header = "| table | partition key | clustering | rows per partition | written from | serves |\n"
                + "|---|---|---|---|---|---|\n";
        return tables().stream().map(CassandraTablesTest::row).collect(Collectors.joining("\n", header, "\n"));
    }

    private static String row(CassandraTable table) {
        return "| `" + table.name() + "` | " + table.partitionKey() + " | " + table.clustering() + " | " + size(table)
                + " | " + writtenFrom(table) + " | " + table.comment() + " |";
    }

    private static String size(CassandraTable table) {
        if (table.clustering().isEmpty()) {
            return "1";
        }
        return List.of(table.partitionKey().split(", ")).contains("bucket") ? "at most " + bucketSize() : "unbounded";
    }

    private static String bucketSize() {
        var size = BUCKET_SIZE.matcher(
                Repository.read("timeline-writer/src/main/java/io/millrace/timeline/conversation/Buckets.java"));
        if (!size.find()) {
            throw new IllegalStateException("Buckets has no SIZE");
        }
        return size.group(1).replace('_', ' ');
    }

    /** By the class whose statements write the table: one per topic. */
    private static String writtenFrom(CassandraTable table) {
        var statement = Pattern.compile("(INSERT INTO|UPDATE) \\$\\." + table.name() + "\\b");
        var topics = new TreeSet<String>();
        if (statement.matcher(Repository.read(STORE + "TimelineWrites.java")).find()) {
            topics.add("`timeline-entries`");
        }
        if (statement
                .matcher(Repository.read(STORE + "ConversationWrites.java"))
                .find()) {
            topics.add("`conversation-events`");
        }
        if (statement.matcher(Repository.read(STORE + "ReceiptWrites.java")).find()) {
            topics.add("`receipts`");
        }
        assertThat(topics).as("who writes " + table.name()).isNotEmpty();
        return String.join(", ", topics);
    }

    private static List<CassandraTable> tables() {
        var files = Repository.files(Repository.ROOT.resolve("timeline-writer/src/main/resources"), ".cql");
        return files.stream()
                .map(CassandraTablesTest::read)
                .flatMap(cql -> CassandraTable.in(cql).stream())
                .toList();
    }

    /** Those that the log causes; not what repairs past it, nor what reads such statements. */
    private static String statements() {
        return Repository.files(Repository.ROOT.resolve(STORE), ".java").stream()
                .filter(file -> !file.endsWith(REPAIR) && !file.endsWith("Upsert.java"))
                .map(CassandraTablesTest::read)
                .collect(Collectors.joining("\n"));
    }

    private static String read(Path file) {
        return Repository.read(Repository.ROOT.relativize(file).toString());
    }
}
