package io.millrace.timeline.replay;

import io.millrace.service.kafka.KafkaClientConfig;
import io.millrace.timeline.cassandra.TableShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Hands a rebuilt keyspace over to timeline services of its own, which go on where the rebuild ended. */
@Command(
        name = "switch",
        mixinStandardHelpOptions = true,
        description =
                "Let timeline services of another group go on with a rebuilt keyspace, beside those of the live one.")
final class SwitchCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions place = new StoreOptions();

    @Option(
            names = "--group",
            paramLabel = "NAME",
            required = true,
            description = "writer.group of these services; one that nobody has used.")
    private String group = "";

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where the progress of the rebuild is kept (replay in the data directory).")
    private @Nullable Path state;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    SwitchCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var settings = place.settings(environment);
        if (group.isBlank() || group.equals(settings.writer().group())) {
            throw new ParameterException(
                    spec.commandLine(), "--group is another one than that of the live services, " + group);
        }
        var log = ReplayLog.open(settings.kafka(), 1);
        var keyspace = settings.cassandra().keyspace();
        var file = (state == null ? place.data().resolve("replay") : state).resolve("rebuild-" + keyspace + ".json");
        var progress = Progress.read(file)
                .orElseThrow(
                        () -> new ReplayException("keyspace " + keyspace + " was not rebuilt: there is no " + file));
        refuseParts(progress, log.name(), file);
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : log.partitions(Selection.EVERYTHING)) {
            var offset = progress.offsets().get(partition.toString());
            if (offset == null) {
                throw new ReplayException(file + " says nothing of " + partition);
            }
            offsets.put(partition, new OffsetAndMetadata(offset));
        }
        handOver(settings.kafka(), offsets);
        var out = spec.commandLine().getOut();
        out.println(
                "group " + group + " goes on where the rebuild of " + keyspace + " ended. Now start a timeline service"
                        + " with cassandra.keyspace: " + keyspace + " and writer.group: " + group);
        out.flush();
        return 0;
    }

    private static void refuseParts(Progress progress, String log, Path file) {
        if (!progress.complete() || !progress.epoch().equals(log)) {
            throw new ReplayException(file + ": the rebuild did not come to its end, or is of another log");
        }
        if (!progress.selection().equals(Selection.EVERYTHING.toString())
                || !new TreeSet<>(progress.tables())
                        .equals(new TreeSet<>(TableShape.all().keySet()))) {
            throw new ReplayException(file + ": the rebuild was of " + progress.selection() + ", tables "
                    + progress.tables() + "; rebuild everything");
        }
    }

    private void handOver(KafkaClientConfig kafka, Map<TopicPartition, OffsetAndMetadata> offsets)
            throws InterruptedException {
        try (var admin = Admin.create(kafka.client())) {
            boolean hasPlace = !admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .isEmpty();
            if (hasPlace || ConsumerGroups.hasMembers(admin, group)) {
                throw new ReplayException("group " + group + " has a place already; take another name");
            }
            admin.alterConsumerGroupOffsets(group, offsets).all().get();
        } catch (ExecutionException e) {
            throw new KafkaException("group " + group + " could not be given its place", e.getCause());
        }
    }
}
