package io.millrace.localstack.endtoend;

import io.millrace.localstack.LocalStack;
import io.millrace.schemas.topic.PartitionCounts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * Which partitions a router takes now, by its own metrics.
 *
 * @param conversations those of commands
 * @param users those of inbox
 */
record RouterTasks(Set<Integer> conversations, Set<Integer> users) {
    private static final Pattern LAG =
            Pattern.compile("^kafka_consumer_fetch_manager_records_lag\\{.*}.*$", Pattern.MULTILINE);
    private static final Pattern PARTITION = Pattern.compile("partition=\"(\\d+)\"");

    static RouterTasks of(LocalStack stack, int router) throws IOException, InterruptedException {
        var metrics = RawHttp.CLIENT
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                        + stack.options().ports().routerAdmin(router) + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return new RouterTasks(partitions(metrics, "commands"), partitions(metrics, "inbox"));
    }

    private static Set<Integer> partitions(String metrics, String topic) {
        var partitions = new TreeSet<Integer>();
        var lines = LAG.matcher(metrics);
        while (lines.find()) {
            var partition = PARTITION.matcher(lines.group());
            if (lines.group().contains("topic=\"" + topic + "\"") && partition.find()) {
                partitions.add(Integer.parseInt(partition.group(1)));
            }
        }
        return partitions;
    }

    boolean decides(String conversation) {
        return conversations.contains(partition(conversation, PartitionCounts.LOCAL.conversations()));
    }

    boolean numbers(String user) {
        return users.contains(partition(user, PartitionCounts.LOCAL.users()));
    }

    static int partition(String key, int partitions) {
        return BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions);
    }
}
