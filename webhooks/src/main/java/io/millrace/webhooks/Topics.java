package io.millrace.webhooks;

import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.kafka.KafkaRefusal;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Kafka and the topics of this service are there. */
final class Topics {
    private static final Logger LOGGER = LoggerFactory.getLogger(Topics.class);
    private static final List<String> NAMES = List.of(
            TopicCatalogue.CONVERSATION_EVENTS.name(),
            TopicCatalogue.WEBHOOK_STATES.name(),
            TopicCatalogue.WEBHOOK_DEAD_LETTERS.name());
    private static final int ANSWERED_WITHIN_S = 10;

    private final Admin admin;

    Topics(Admin admin) {
        this.admin = admin;
    }

    /** @throws KafkaException if the broker answers and will not have us: asking again would not help */
    boolean areThere() throws InterruptedException {
        try {
            admin.describeTopics(NAMES).allTopicNames().get(ANSWERED_WITHIN_S, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            if (KafkaRefusal.in(e).isPresent()) {
                throw new KafkaException("the topics cannot be looked at", e.getCause());
            }
            LOGGER.atWarn().addKeyValue("error", e.toString()).log("topics unavailable, trying again");
            return false;
        }
    }
}
