package io.millrace.timeline.consume;

import io.millrace.schemas.record.TimelineEntry;
import io.millrace.timeline.cassandra.TimelineWrites;
import io.millrace.timeline.timeline.LoggedEntry;
import io.millrace.timeline.timeline.TimelineHead;
import io.millrace.timeline.timeline.TimelinePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes batches of timeline-entries. */
final class TimelineBatchWriter implements BatchWriter {
    private final TimelineWrites writes;
    private final Decoder<TimelineEntry> decoder;
    private final WriterMetrics metrics;
    private final String epoch;
    private final Heads<TimelineHead> heads;

    /** @param epoch the numbering that is in force */
    TimelineBatchWriter(
            TimelineWrites writes,
            Heads<TimelineHead> heads,
            Decoder<TimelineEntry> decoder,
            WriterMetrics metrics,
            String epoch) {
        this.writes = writes;
        this.decoder = decoder;
        this.metrics = metrics;
        this.epoch = epoch;
        this.heads = heads;
    }

    @Override
    public void write(List<ConsumerRecord<String, byte[]>> records) throws InterruptedException {
        var byUser = Patience.until(() -> decode(records));
        var known = Patience.until(() -> heads.of(byUser.keySet()));
        var plans = new ArrayList<TimelinePlan>();
        byUser.forEach((user, logged) ->
                plans.add(TimelinePlan.of(user, known.getOrDefault(user, TimelineHead.NONE), epoch, logged)));
        writes.apply(plans);
        var topic = records.get(0).topic();
        for (var plan : plans) {
            heads.put(plan.user(), plan.head());
            metrics.unreadable(topic, plan.unreadable());
            metrics.brokenLinks(topic, plan.brokenLinks());
        }
    }

    private Map<String, List<LoggedEntry>> decode(List<ConsumerRecord<String, byte[]>> records) {
        var byUser = new LinkedHashMap<String, List<LoggedEntry>>();
        for (var record : records) {
            if (record.key() == null) {
                Decoder.alarm(record, "NO_KEY");
                metrics.unreadable(record.topic(), 1);
                continue;
            }
            var entry = decoder.decode(record);
            if (entry != null && !entry.getUser().equals(record.key())) {
                Decoder.alarm(record, "KEY_MISMATCH");
                entry = null;
            }
            byUser.computeIfAbsent(record.key(), k -> new ArrayList<>())
                    .add(new LoggedEntry(record.offset(), record.timestamp(), entry));
        }
        return byUser;
    }
}
