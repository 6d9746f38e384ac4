package io.millrace.localstack.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code server.properties} of a small node. Numbers are for two cores and a 128 MiB heap; what correctness rests on is
 * said beside it.
 */
final class BrokerSettings {
    private BrokerSettings() {}

    static void write(Path file, Path storage, Broker node, List<Broker> cluster) throws IOException {
        int replicas = cluster.size() < 3 ? 1 : 3;
        var listeners = new StringBuilder("PLAINTEXT://127.0.0.1:" + node.port());
        var advertised = new StringBuilder(listeners);
        var protocols = new StringBuilder("CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        for (int i = 0; i < node.listeners().size(); i++) {
            var listener = node.listeners().get(i);
            listeners.append(",DETOUR").append(i).append("://127.0.0.1:").append(listener.port());
            advertised.append(",DETOUR").append(i).append("://127.0.0.1:").append(listener.advertisedPort());
            protocols.append(",DETOUR").append(i).append(":PLAINTEXT");
        }
        listeners.append(",CONTROLLER://127.0.0.1:").append(node.controllerPort());
        Files.writeString(file, """
                process.roles=broker,controller
                node.id=%1$d
                controller.quorum.voters=%2$s
                listeners=%3$s
                advertised.listeners=%4$s
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                listener.security.protocol.map=%5$s
                log.dirs=%6$s
                # Topics come from the catalogue alone.
                auto.create.topics.enable=false
                num.partitions=4
                default.replication.factor=%7$d
                # What is accepted is on all replicas but one, at least.
                min.insync.replicas=%8$d
                # Committed offsets outlive any pause of the stack (ten years), transactional ids what is possible (24 days).
                offsets.retention.minutes=5256000
                transactional.id.expiration.ms=2147483647
                # A record from the future would stay for ever and move stream time: at most an hour ahead.
                log.message.timestamp.after.max.ms=3600000
                # A dead router's transaction holds up everybody until the broker looks whether it is over: every second.
                transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
                offsets.topic.replication.factor=%7$d
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=%7$d
                transaction.state.log.min.isr=%8$d
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=%7$d
                share.coordinator.state.topic.min.isr=%8$d
                share.coordinator.state.topic.num.partitions=4
                # Few members: nobody to wait for when a group starts.
                group.initial.rebalance.delay.ms=0
                num.network.threads=%9$d
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
                broker.session.timeout.ms=%10$d
                broker.heartbeat.interval.ms=500
                """.formatted(
                        node.number(),
                        voters(cluster),
                        listeners,
                        advertised,
                        protocols,
                        storage,
                        replicas,
                        Math.max(1, replicas - 1),
                        node.listeners().isEmpty() ? 2 : 1,
                        // Alone it is missed by nobody; in a cluster a busy machine must not look like a dead one.
                        cluster.size() == 1 ? 3000 : 6000));
    }

    private static String voters(List<Broker> cluster) {
        return cluster.stream()
                .map(each -> each.number() + "@127.0.0.1:" + each.controllerPort())
                .collect(Collectors.joining(","));
    }
}
