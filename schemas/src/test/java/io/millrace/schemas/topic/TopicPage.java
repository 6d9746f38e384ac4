package io.millrace.schemas.topic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificData;

/** What of docs/topics.md is made from the catalogue and the schemas, by the names of its markers. */
final class TopicPage {
    static final Path DOCUMENT = Path.of("../docs/topics.md");
    /** What the router writes, and all of it in transactions. */
    private static final Path TOPOLOGIES = Path.of("../streams-router/src/test/resources/topology");

    private static final Pattern SINK = Pattern.compile("Sink: \\S+ \\(topic: (\\S+)\\)");

    private TopicPage() {}

    static List<TopicSpec<?>> publicTopics() {
        return TopicCatalogue.ALL.stream()
                .filter(topic -> !TopicCatalogue.INTERNAL.contains(topic))
                .toList();
    }

    /** Everything that is made, in the order of the page. */
    static Map<String, String> blocks() {
        var blocks = new LinkedHashMap<String, String>();
        blocks.put("overview", overview());
        blocks.put("internal", internal());
        publicTopics().forEach(topic -> blocks.put(topic.name(), facts(topic)));
        blocks.put(
                "records",
                RecordTables.of(publicTopics().stream()
                        .map(topic -> SpecificData.get().getSchema(topic.value()))
                        .toList()));
        return blocks;
    }

    /** The text between the markers of a block. */
    static String between(String page, String name) {
        var begin = begin(name);
        return page.substring(page.indexOf(begin) + begin.length(), page.indexOf(end(name)));
    }

    static String replace(String page, String name, String block) {
        var begin = begin(name);
        return page.substring(0, page.indexOf(begin) + begin.length())
                + block
                + page.substring(page.indexOf(end(name)));
    }

    static String begin(String name) {
        return "<!-- " + name + ":begin -->\n";
    }

    private static String end(String name) {
        return "<!-- " + name + ":end -->";
    }

    private static String overview() {
        var header = "| topic | what it tells | kept | personal |\n|---|---|---|---|\n";
        return publicTopics().stream()
                .map(topic -> "| " + link(topic) + " | " + topic.purpose() + " | " + kept(topic) + " | "
                        + personal(topic) + " |\n")
                .collect(Collectors.joining("", header, ""));
    }

    private static String internal() {
        var header = "| topic | what it is |\n|---|---|\n";
        return TopicCatalogue.INTERNAL.stream()
                .map(topic -> "| `" + topic.name() + "` | " + topic.purpose() + " |\n")
                .collect(Collectors.joining("", header, ""));
    }

    private static String facts(TopicSpec<?> topic) {
        boolean byRouter = writtenByRouter().contains(topic.name());
        var facts = new LinkedHashMap<String, String>();
        facts.put("record", RecordTables.link(topic.value().getSimpleName()));
        facts.put("key", topic.key().replace("<", "&lt;"));
        facts.put("partitions", partitions(topic));
        facts.put(
                "kept",
                kept(topic) + (topic.compacted() ? "; only the last record of a key for certain (`compact`)" : ""));
        facts.put("record time", topic.brokerTime() ? "the broker's clock" : "that of the record which caused it");
        facts.put("written by", writers(topic, byRouter));
        boolean inTransactions =
                byRouter || topic.equals(TopicCatalogue.AUDIT) || topic.equals(TopicCatalogue.USER_KEYS);
        facts.put("in transactions", inTransactions ? "yes: read it with `read_committed`" : "no");
        facts.put("personal", personal(topic));
        return facts.entrySet().stream()
                .map(fact -> "| " + fact.getKey() + " | " + fact.getValue() + " |\n")
                .collect(Collectors.joining("", "| | |\n|---|---|\n", ""));
    }

    private static String writers(TopicSpec<?> topic, boolean byRouter) {
        boolean alone = topic.owner().equals("streams-router") || !byRouter;
        return topic.owner() + (alone ? "" : ", streams-router");
    }

    private static String partitions(TopicSpec<?> topic) {
        var counts = PartitionCounts.LOCAL;
        return switch (topic.partitioning()) {
            case SINGLE -> "1";
            case CONVERSATIONS, USERS, LANES ->
                "as many as " + topic.partitioning().name().toLowerCase(Locale.ROOT) + " (local stack: "
                        + topic.partitions(counts) + "), fixed once it exists";
        };
    }

    private static String kept(TopicSpec<?> topic) {
        return topic.retention().map(TopicPage::inWords).orElse("for ever");
    }

    private static String inWords(Duration retention) {
        return retention.toDays() > 0 ? retention.toDays() + " days" : retention.toHours() + " hours";
    }

    private static String personal(TopicSpec<?> topic) {
        var classes = RecordTables.personal(SpecificData.get().getSchema(topic.value()));
        classes.remove("none");
        if (!topic.equals(TopicCatalogue.EPOCHS)) {
            classes.add("pseudonym"); // by its key
        }
        return classes.isEmpty() ? "none" : String.join(", ", classes);
    }

    private static String link(TopicSpec<?> topic) {
        return "[`" + topic.name() + "`](#" + topic.name().replace(".", "") + ")";
    }

    private static Set<String> writtenByRouter() {
        return Stream.of("conversations.txt", "users.txt")
                .flatMap(file -> SINK.matcher(read(TOPOLOGIES.resolve(file))).results())
                .map((MatchResult sink) -> sink.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
