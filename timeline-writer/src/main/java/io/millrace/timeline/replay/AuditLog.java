package io.millrace.timeline.replay;

import io.millrace.schemas.record.OperatorAct;
import io.millrace.schemas.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** What operators did, as it stands in the topic {@code audit}. */
final class AuditLog {
    static final String TOPIC = TopicCatalogue.AUDIT.name();

    private AuditLog() {}

    /** All that is committed now, in order. */
    static List<OperatorAct> read(ReplayLog log) throws InterruptedException {
        var acts = new ArrayList<OperatorAct>();
        try (var deserializer = log.serdes().deserializer(OperatorAct.class);
                var reader = log.reader(new TopicPartition(TOPIC, 0), 0)) {
            reader.readTo(
                    reader.end(),
                    (records, next) ->
                            records.forEach(record -> acts.add(deserializer.deserialize(TOPIC, record.value()))));
        }
        return acts;
    }
}
