package io.millrace.router.rebuild;

import io.millrace.router.RouterConfig;
import io.millrace.router.runtime.LogNames;
import io.millrace.router.runtime.StartGuards;
import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Makes the changelogs again from conversation-events, rejections and timeline-entries, with the router stopped, and
 * finds committed offsets that are lost. A topic says so until it is done, and the router refuses to start while there is
 * one. Afterwards numbers, hashes and the answers to retries go on as before; edges are fenced and start a new life.
 */
public final class StateRebuild {
    private final RouterConfig config;

    public StateRebuild(RouterConfig config) {
        this.config = config;
    }

    /** Returns the number of changelog records written. */
    public long run() throws InterruptedException, IOException {
        Epoch epoch;
        try (var admin = Admin.create(config.kafka().client())) {
            epoch = StartGuards.checkedEpoch(config.kafka(), admin);
            WholeLog.require(admin, epoch);
            var changelogs = new Changelogs(admin);
            var missedWithin = config.sessionTimeout().multipliedBy(2);
            changelogs.requireStopped(TopicCatalogue.CONVERSATIONS_APP, missedWithin);
            changelogs.requireStopped(TopicCatalogue.USERS_APP, missedWithin);
            changelogs.begin((short) config.replicationFactor());
            changelogs.makeEmpty(LogNames.live(), epoch, (short) config.replicationFactor());
        } catch (ExecutionException e) {
            throw new KafkaException("the changelogs could not be made again: " + e.getCause(), e.getCause());
        }
        LocalState.delete(config, LogNames.live());
        var outcomes = new Outcomes();
        long written = new FoldedState(config, LogNames.live(), Extent.EVERYTHING).write(epoch, outcomes);
        try (var admin = Admin.create(config.kafka().client())) {
            new LostPlaces(admin, config.kafka(), outcomes).find();
            new Changelogs(admin).end();
        } catch (ExecutionException e) {
            throw new KafkaException("lost offsets could not be found: " + e.getCause(), e.getCause());
        }
        return written;
    }
}
