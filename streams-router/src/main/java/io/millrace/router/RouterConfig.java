package io.millrace.router;

import io.millrace.router.conversation.ConversationSettings;
import io.millrace.service.config.ConfigException;
import io.millrace.service.kafka.KafkaClientConfig;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the router; none is reloadable.
 *
 * @param kafka how to reach Kafka and the registry
 * @param admin port of health and metrics
 * @param stateDir directory of the stores; survives a restart; default {@code state}
 * @param threads Streams threads per application; default 1
 * @param commitInterval how long a transaction collects records at most; default 50 ms, at most 1 s
 * @param transactionTimeout how long a dead router's open transaction may hold up readers; default 10 s
 * @param sessionTimeout after which a silent router's tasks move; default 10 s
 * @param standbyReplicas copies of each store on other routers; default 0
 * @param storeMemoryMib memory of RocksDB over all stores, MiB; default 48
 * @param replicationFactor copies of each changelog record; default 1, clusters use 3
 * @param dedupWindow how long the first decision of a key is remembered; default 24 h, at most 6 days
 * @param maxGroupMembers largest group that is fanned out on write; default 500
 * @param editWindow how long after its posting a message may be edited; default 24 h
 * @param recallWindow how long its author may recall it; default 24 h
 * @param receiptMembers largest group whose members are told of each other's receipts; default 50
 * @param typingMembers largest group whose members are told who is typing; default 50
 * @param presenceMembers largest group whose members are told who is there; default 200
 * @param offlineDelay how long a user without a session still passes for online; default 30 s
 * @param shadow whether this is no live router but one that decides the live input for comparison
 * @param streams raw Kafka Streams settings on top; those that correctness depends on are refused
 */
public record RouterConfig(
        KafkaClientConfig kafka,
        Admin admin,
        String stateDir,
        int threads,
        Duration commitInterval,
        Duration transactionTimeout,
        Duration sessionTimeout,
        int standbyReplicas,
        int storeMemoryMib,
        int replicationFactor,
        Duration dedupWindow,
        int maxGroupMembers,
        Duration editWindow,
        Duration recallWindow,
        int receiptMembers,
        int typingMembers,
        int presenceMembers,
        Duration offlineDelay,
        ShadowSettings shadow,
        Map<String, String> streams) {

    public RouterConfig {
        kafka = kafka == null ? KafkaClientConfig.local() : kafka;
        admin = admin == null ? new Admin(null, 0) : admin;
        stateDir = stateDir == null ? "state" : stateDir;
        threads = threads == 0 ? 1 : threads;
        commitInterval = commitInterval == null ? Duration.ofMillis(50) : commitInterval;
        transactionTimeout = transactionTimeout == null ? Duration.ofSeconds(10) : transactionTimeout;
        sessionTimeout = sessionTimeout == null ? Duration.ofSeconds(10) : sessionTimeout;
        storeMemoryMib = storeMemoryMib == 0 ? 48 : storeMemoryMib;
        replicationFactor = replicationFactor == 0 ? 1 : replicationFactor;
        dedupWindow = dedupWindow == null ? Duration.ofHours(24) : dedupWindow;
        maxGroupMembers = maxGroupMembers == 0 ? 500 : maxGroupMembers;
        editWindow = editWindow == null ? Duration.ofHours(24) : editWindow;
        recallWindow = recallWindow == null ? Duration.ofHours(24) : recallWindow;
        receiptMembers = receiptMembers == 0 ? 50 : receiptMembers;
        typingMembers = typingMembers == 0 ? 50 : typingMembers;
        presenceMembers = presenceMembers == 0 ? 200 : presenceMembers;
        offlineDelay = offlineDelay == null ? Duration.ofSeconds(30) : offlineDelay;
        shadow = shadow == null ? new ShadowSettings(null, ShadowSettings.SINCE) : shadow;
        streams = streams == null ? Map.of() : Map.copyOf(streams);
        if (commitInterval.compareTo(Duration.ofSeconds(1)) > 0 || commitInterval.isNegative()) {
            throw new ConfigException("commitInterval is between 0ms and 1s");
        }
        if (dedupWindow.compareTo(Duration.ofDays(6)) > 0) {
            throw new ConfigException("dedupWindow is at most 6d: rejections are kept 7 days");
        }
        if (shadow.names().isShadow() && shadow.since().plus(dedupWindow).compareTo(Duration.ofDays(6)) > 0) {
            throw new ConfigException(
                    "shadow.since and dedupWindow are at most 6d together: commands and rejections are kept 7 days");
        }
        requirePositive("threads", threads);
        requirePositive("storeMemoryMib", storeMemoryMib);
        requirePositive("replicationFactor", replicationFactor);
        requirePositive("maxGroupMembers", maxGroupMembers);
        requirePositive("receiptMembers", receiptMembers);
        requirePositive("typingMembers", typingMembers);
        requirePositive("presenceMembers", presenceMembers);
        requirePositive("offlineDelay", offlineDelay.toMillis());
        requirePositive("transactionTimeout", transactionTimeout.toMillis());
        requirePositive("sessionTimeout", sessionTimeout.toMillis());
        requirePositive("dedupWindow", dedupWindow.toMillis());
        requirePositive("editWindow", editWindow.toMillis());
        requirePositive("recallWindow", recallWindow.toMillis());
        if (standbyReplicas < 0) {
            throw new ConfigException("standbyReplicas is at least 0");
        }
        if (streams.containsKey("processing.guarantee") || streams.containsKey("application.id")) {
            throw new ConfigException("streams.processing.guarantee and streams.application.id cannot be changed");
        }
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new ConfigException(name + " is greater than 0");
        }
    }

    /** What the first stage decides by. */
    public ConversationSettings conversations() {
        return new ConversationSettings(
                maxGroupMembers, dedupWindow, editWindow, recallWindow, receiptMembers, typingMembers, presenceMembers);
    }

    /**
     * Admin listener.
     *
     * @param host address to bind; default 127.0.0.1
     * @param port port of health and metrics; default 27281
     */
    public record Admin(@Nullable String host, int port) {
        public Admin {
            host = host == null ? "127.0.0.1" : host;
            port = port == 0 ? 27281 : port;
            if (port < 1 || port > 65_535) {
                throw new ConfigException("admin.port is between 1 and 65535");
            }
        }
    }
}
