package io.millrace.example.analytics;

import io.millrace.example.analytics.record.ActiveMinutes;
import io.millrace.example.analytics.record.Minute;
import io.millrace.schemas.record.TimelineEntry;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Counts each user once in each minute in which an entry of its timeline tells of something that it did itself. */
final class ActiveUserProcessor implements Processor<String, TimelineEntry, String, Minute> {
    private static final int MOST_MINUTES = 5;

    private ProcessorContext<String, Minute> context;
    private KeyValueStore<String, ActiveMinutes> active;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    ActiveUserProcessor() {}

    @Override
    public void init(ProcessorContext<String, Minute> context) {
        this.context = context;
        this.active = context.getStateStore(AnalyticsTopology.ACTIVE);
    }

    @Override
    public void process(Record<String, TimelineEntry> record) {
        var entry = record.value();
        if (!entry.getFrom().equals(entry.getUser())) {
            return;
        }
        var one = Minutes.activeUser(entry.getAt());
        long minute = one.getMinute().toEpochMilli();
        var before = active.get(entry.getUser());
        List<Long> minutes = before == null ? List.of() : before.getMinutes();
        if (minutes.contains(minute) || isForgotten(minute, minutes)) {
            return;
        }
        var after = LongStream.concat(minutes.stream().mapToLong(Long::longValue), LongStream.of(minute))
                .sorted()
                .boxed()
                .toList();
        active.put(
                entry.getUser(),
                new ActiveMinutes(after.subList(Math.max(0, after.size() - MOST_MINUTES), after.size())));
        context.forward(record.withKey(Minutes.keyOf(one)).withValue(one));
    }

    /** Before all that are remembered: it may have been counted. */
    private static boolean isForgotten(long minute, List<Long> minutes) {
        return minutes.size() == MOST_MINUTES && minute < minutes.get(0);
    }
}
