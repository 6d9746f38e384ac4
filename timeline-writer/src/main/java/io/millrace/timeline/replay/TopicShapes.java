package io.millrace.timeline.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at topics, makes and deletes them and changes their settings; every call returns when the brokers know. */
final class TopicShapes {
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(60);

    private final Admin admin;

    TopicShapes(Admin admin) {
        this.admin = admin;
    }

    /** Empty where there is none of that name. */
    Optional<TopicShape> of(String topic) throws InterruptedException, ExecutionException {
        var described = describe(topic);
        if (described.isEmpty()) {
            return Optional.empty();
        }
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var settings = new HashMap<String, String>();
        for (var config : admin.describeConfigs(List.of(resource)).all().get().values()) {
            for (var entry : config.entries()) {
                if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                    settings.put(entry.name(), entry.value());
                }
            }
        }
        var partitions = described.get().partitions();
        return Optional.of(new TopicShape(
                partitions.size(), (short) partitions.get(0).replicas().size(), settings));
    }

    private Optional<TopicDescription> describe(String topic) throws InterruptedException, ExecutionException {
        try {
            return Optional.ofNullable(
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Waits until one of that name that is being deleted is gone. */
    void make(String topic, TopicShape shape) throws InterruptedException, ExecutionException {
        var wanted = new NewTopic(topic, shape.partitions(), shape.replicas()).configs(shape.settings());
        long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
        boolean made = false;
        while (!made) {
            try {
                admin.createTopics(List.of(wanted)).all().get();
                made = true;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException) || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
        while (partitions(topic) != shape.partitions()) {
            pause(topic, deadline);
        }
    }

    /** Those that are there. */
    void delete(Collection<String> topics) throws InterruptedException, ExecutionException {
        var there = new ArrayList<String>();
        for (var topic : topics) {
            if (describe(topic).isPresent()) {
                there.add(topic);
            }
        }
        admin.deleteTopics(there).all().get();
        long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
        for (var topic : there) {
            while (describe(topic).isPresent()) {
                pause(topic, deadline);
            }
        }
    }

    /** Gives a topic these settings besides its own. */
    void set(String topic, Map<String, String> settings) throws InterruptedException, ExecutionException {
        var changes = new ArrayList<AlterConfigOp>();
        settings.forEach((name, value) ->
                changes.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
        alter(topic, changes);
    }

    /** Takes these settings from a topic again, so that they are as its shape says. */
    void restore(String topic, TopicShape shape, Collection<String> settings)
            throws InterruptedException, ExecutionException {
        var changes = new ArrayList<AlterConfigOp>();
        for (var name : settings) {
            var value = shape.settings().get(name);
            changes.add(
                    value == null
                            ? new AlterConfigOp(new ConfigEntry(name, ""), AlterConfigOp.OpType.DELETE)
                            : new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
        }
        alter(topic, changes);
    }

    private void alter(String topic, Collection<AlterConfigOp> changes)
            throws InterruptedException, ExecutionException {
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), changes))
                .all()
                .get();
    }

    private int partitions(String topic) throws InterruptedException, ExecutionException {
        return describe(topic).map(each -> each.partitions().size()).orElse(0);
    }

    private static void pause(String topic, long deadline) throws InterruptedException {
        if (System.nanoTime() > deadline) {
            throw new ReplayException("the brokers do not agree on topic " + topic + " within "
                    + KNOWN_WITHIN.toSeconds() + " s; run this again");
        }
        TimeUnit.MILLISECONDS.sleep(100);
    }
}
