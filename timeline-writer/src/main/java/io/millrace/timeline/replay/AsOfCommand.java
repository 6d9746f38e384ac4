package io.millrace.timeline.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.timeline.cassandra.FoldedTables;
import io.millrace.timeline.cassandra.TimelineStore;
import io.millrace.timeline.consume.BatchWriter;
import io.millrace.timeline.consume.BatchWriters;
import io.millrace.timeline.consume.LogHeads;
import io.millrace.timeline.consume.WriterMetrics;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints a timeline or a conversation as it once was. */
@Command(
        name = "as-of",
        mixinStandardHelpOptions = true,
        description = "Print a user's timeline or a conversation as it was at a time, position or version, as JSON.")
final class AsOfCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private StoreOptions place = new StoreOptions();

    @Option(names = "--user", paramLabel = "ID", description = "The timeline of this user.")
    private @Nullable String user;

    @Option(names = "--conversation", paramLabel = "ID", description = "This conversation.")
    private @Nullable String conversation;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "As it was then: 2026-11-27T19:00:00Z, or milliseconds since 1970.")
    private @Nullable String at;

    @Option(
            names = {"--position", "--version"},
            paramLabel = "N",
            description = "As it was after this position of the timeline, or version of the conversation.")
    private @Nullable Long number;

    @Option(names = "--bodies", description = "Show what people wrote, not hashes of it.")
    private boolean bodies;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    AsOfCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        if ((user == null) == (conversation == null)) {
            throw new ParameterException(spec.commandLine(), "say --user or --conversation");
        }
        var until = new Until(number == null ? Long.MAX_VALUE : number, at == null ? Long.MAX_VALUE : time(at));
        var settings = place.settings(environment);
        var log = ReplayLog.open(settings.kafka(), 1000);
        try (var store = StoreOptions.present(settings.cassandra(), new SimpleMeterRegistry())) {
            var json = JSON.createObjectNode();
            json.put(user == null ? "conversation" : "user", user == null ? conversation : user);
            json.put("epoch", log.epoch());
            var tables = tables(log, store, until, json);
            json.set("tables", new AsOf(bodies, UserKeys.read(settings.kafka())).of(tables));
            spec.commandLine()
                    .getOut()
                    .println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
            spec.commandLine().getOut().flush();
            return 0;
        }
    }

    /**
     * Where it ends.
     *
     * @param number last position or version
     * @param atMs last record time
     */
    private record Until(long number, long atMs) {}

    private long time(String text) {
        try {
            return text.matches("[0-9]{1,18}")
                    ? Long.parseLong(text)
                    : Instant.parse(text).toEpochMilli();
        } catch (DateTimeException e) {
            throw new ParameterException(spec.commandLine(), "--at is like 2026-11-27T19:00:00Z, not " + text);
        }
    }

    private FoldedTables tables(ReplayLog log, TimelineStore store, Until until, ObjectNode json)
            throws InterruptedException {
        var tables = store.folded();
        var selection = new Selection(
                user == null ? Set.of() : Set.of(user),
                conversation == null ? Set.of() : Set.of(conversation),
                Set.of());
        for (var partition : log.partitions(selection)) {
            // receipts have no version
            if (!partition.topic().equals(Sources.RECEIPTS) || until.number() == Long.MAX_VALUE) {
                read(log, partition, selection, writer(log, store, tables, partition), tables, until, json);
            }
        }
        return tables;
    }

    private static BatchWriter writer(
            ReplayLog log, TimelineStore store, FoldedTables tables, TopicPartition partition) {
        return BatchWriters.behind(
                new LogHeads(),
                partition.topic(),
                store.logWrites(tables),
                log.serdes(),
                new WriterMetrics(new SimpleMeterRegistry()),
                log.epoch());
    }

    private static void read(
            ReplayLog log,
            TopicPartition partition,
            Selection selection,
            BatchWriter writer,
            FoldedTables tables,
            Until until,
            ObjectNode json)
            throws InterruptedException {
        try (var reader = log.reader(partition, 0)) {
            reader.readTo(reader.end(), (records, next) -> {
                for (var record : records) {
                    if (selection.takes(record.topic(), record.key())
                            && record.timestamp() <= until.atMs()
                            && head(tables) < until.number()) {
                        writer.write(List.of(record));
                        json.put("at", Instant.ofEpochMilli(record.timestamp()).toString());
                    }
                }
            });
        }
        json.put("head", head(tables));
    }

    /** The position or version through which the tables are filled. */
    private static long head(FoldedTables tables) {
        long head = 0;
        for (var partition : tables.partitions()) {
            boolean isList = partition.table().name().equals("conversations_by_user");
            if (isList || partition.table().name().equals("conversations")) {
                var cells = tables.rows(partition).get(List.of());
                var value = cells == null ? null : cells.value(isList ? "head" : "applied_version");
                head = value == null ? head : Math.max(head, value.getLong());
            }
        }
        return head;
    }
}
