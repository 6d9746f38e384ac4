package io.millrace.localstack.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code server.properties} of a single small node. Numbers are for two cores and a 128 MiB heap; what correctness rests
 * on is said beside it.
 */
final class BrokerSettings {
    private BrokerSettings() {}

    static void write(Path file, Path storage, int port, int controllerPort) throws IOException {
        Files.writeString(file, """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
                log.dirs=%3$s
                # Topics come from the catalogue alone.
                auto.create.topics.enable=false
                num.partitions=4
                default.replication.factor=1
                min.insync.replicas=1
                # Committed offsets outlive any pause of the stack (ten years), transactional ids what is possible (24 days).
                offsets.retention.minutes=5256000
                transactional.id.expiration.ms=2147483647
                # A record from the future would stay for ever and move stream time: at most an hour ahead.
                log.message.timestamp.after.max.ms=3600000
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=4
                # One node: nobody to wait for when a group starts.
                group.initial.rebalance.delay.ms=0
                num.network.threads=2
                num.io.threads=2
                background.threads=2
                num.recovery.threads.per.data.dir=1
                num.replica.fetchers=1
                log.cleaner.threads=1
                # The default of 128 MiB is allocated at start, which is the whole heap.
                log.cleaner.dedupe.buffer.size=2097152
                log.cleaner.io.buffer.size=131072
                log.segment.bytes=67108864
                log.index.size.max.bytes=1048576
                metadata.log.segment.bytes=8388608
                # Without it a restart waits for the old registration to expire.
                controlled.shutdown.enable=true
                broker.session.timeout.ms=3000
                broker.heartbeat.interval.ms=500
                """.formatted(port, controllerPort, storage));
    }
}
