package io.millrace.timeline.replay;

import io.millrace.schemas.serde.HttpSchemaRegistry;
import io.millrace.schemas.topic.Shadow;
import io.millrace.service.kafka.KafkaClientConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** What a shadow has in Kafka and in the registry. */
final class ShadowRemains {
    private static final Duration GONE_WITHIN = Duration.ofSeconds(30);

    private final KafkaClientConfig kafka;
    private final Shadow shadow;

    ShadowRemains(KafkaClientConfig kafka, Shadow shadow) {
        this.kafka = kafka;
        this.shadow = shadow;
    }

    static boolean isRunning(Admin admin, Shadow shadow) throws InterruptedException {
        for (var group : shadow.applications()) {
            if (ConsumerGroups.hasMembers(admin, group)) {
                return true;
            }
        }
        return false;
    }

    /** @throws ReplayException if a process of it runs, or has not been missed yet */
    void requireStopped() throws InterruptedException {
        try (var admin = Admin.create(kafka.client())) {
            if (isRunning(admin, shadow)) {
                throw new ReplayException("shadow " + shadow.name() + " runs, stop it first");
            }
        }
    }

    /** Removes all of it, and returns what it was. Cut off, it can be called again. */
    String remove() throws InterruptedException {
        try (var admin = Admin.create(kafka.client())) {
            int groups = removeGroups(admin);
            int topics = removeTopics(admin);
            int subjects = new HttpSchemaRegistry(kafka.schemaRegistryUrl(), false, kafka.properties())
                    .deleteSubjects(shadow.prefix());
            return topics + " topics, " + groups + " groups, " + subjects + " subjects of the registry";
        } catch (ExecutionException e) {
            throw new KafkaException("shadow " + shadow.name() + " cannot be removed", e.getCause());
        }
    }

    private int removeGroups(Admin admin) throws InterruptedException, ExecutionException {
        int removed = 0;
        for (var group : shadow.applications()) {
            try {
                admin.deleteConsumerGroups(List.of(group)).all().get();
                removed++;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                    throw e;
                }
            }
        }
        return removed;
    }

    private int removeTopics(Admin admin) throws InterruptedException, ExecutionException {
        var topics = topics(admin);
        admin.deleteTopics(topics).all().get();
        long deadline = System.nanoTime() + GONE_WITHIN.toNanos();
        while (!topics(admin).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new ReplayException("the broker has not removed " + topics(admin) + " yet; call drop again");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return topics.size();
    }

    private List<String> topics(Admin admin) throws InterruptedException, ExecutionException {
        return admin.listTopics().names().get().stream().filter(shadow::owns).toList();
    }
}
