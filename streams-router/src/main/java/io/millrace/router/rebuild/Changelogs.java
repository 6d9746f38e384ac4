package io.millrace.router.rebuild;

import io.millrace.router.runtime.LogNames;
import io.millrace.router.runtime.StageStore;
import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.lifecycle.RefusedToStartException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changelog topics: removed and made again, empty. */
final class Changelogs {
    private static final Logger LOGGER = LoggerFactory.getLogger(Changelogs.class);
    private static final Map<String, String> SETTINGS = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "CreateTime");
    private static final Duration DELETED_WITHIN = Duration.ofSeconds(30);

    private final Admin admin;

    Changelogs(Admin admin) {
        this.admin = admin;
    }

    /**
     * Waits for members that were killed to be missed; one that lives never is.
     *
     * @throws RefusedToStartException if a router of this application still runs then
     */
    void requireStopped(String application, Duration missedWithin) throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + missedWithin.toNanos();
        int members = members(application);
        while (members > 0) {
            if (System.nanoTime() > deadline) {
                throw new RefusedToStartException("application " + application + " is running (" + members
                        + " members); stop every router before rebuild-state");
            }
            LOGGER.atInfo()
                    .addKeyValue("application", application)
                    .addKeyValue("members", members)
                    .log("waiting for members to leave");
            TimeUnit.SECONDS.sleep(1);
            members = members(application);
        }
    }

    private int members(String application) throws InterruptedException, ExecutionException {
        try {
            var group = admin.describeConsumerGroups(List.of(application))
                    .all()
                    .get()
                    .get(application);
            return group == null ? 0 : group.members().size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw e;
        }
    }

    /** From now on no router starts, until {@link #end}. */
    void begin(short replicationFactor) throws InterruptedException, ExecutionException {
        if (!admin.listTopics().names().get().contains(TopicCatalogue.REBUILD)) {
            create(List.of(new NewTopic(TopicCatalogue.REBUILD, 1, replicationFactor)));
        }
    }

    /** They are whole. */
    void end() throws InterruptedException, ExecutionException {
        admin.deleteTopics(List.of(TopicCatalogue.REBUILD)).all().get();
    }

    /** Those of both stages, and what an older version had instead of them. */
    void makeEmpty(LogNames names, Epoch epoch, short replicationFactor)
            throws InterruptedException, ExecutionException {
        var conversations = names.application(TopicCatalogue.CONVERSATIONS_APP);
        var users = names.application(TopicCatalogue.USERS_APP);
        admin.deleteTopics(admin.listTopics().names().get().stream()
                        .filter(topic -> TopicCatalogue.isChangelog(conversations, topic)
                                || TopicCatalogue.isChangelog(users, topic))
                        .toList())
                .all()
                .get();
        create(List.of(
                new NewTopic(
                                TopicCatalogue.changelog(conversations, StageStore.NAME),
                                epoch.getConversationPartitions(),
                                replicationFactor)
                        .configs(SETTINGS),
                new NewTopic(
                                TopicCatalogue.changelog(users, StageStore.NAME),
                                epoch.getUserPartitions(),
                                replicationFactor)
                        .configs(SETTINGS)));
    }

    /** A topic that is being deleted still exists for a moment; creation is repeated until it is gone. */
    void create(List<NewTopic> topics) throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + DELETED_WITHIN.toNanos();
        var left = new ArrayList<>(topics);
        while (!left.isEmpty()) {
            var results = admin.createTopics(left).values();
            for (var topic : List.copyOf(left)) {
                var result = results.get(topic.name());
                try {
                    if (result != null) {
                        result.get();
                        left.remove(topic);
                    }
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException) || System.nanoTime() > deadline) {
                        throw e;
                    }
                }
            }
            if (!left.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }
}
