package io.millrace.example.analytics;

import io.millrace.example.analytics.record.Minute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What stands in the topic of results. */
final class Results {
    private final KafkaStreams streams;

    Results(KafkaStreams streams) {
        this.streams = streams;
    }

    /** The minutes from the first to the last, ascending; empty while they are not read yet. */
    Optional<List<Minute>> between(Instant first, Instant last) {
        ReadOnlyKeyValueStore<String, Minute> store;
        try {
            store = streams.store(StoreQueryParameters.fromNameAndType(
                    AnalyticsTopology.RESULTS, QueryableStoreTypes.keyValueStore()));
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return Optional.empty(); // before the start, and at the end
        }
        var minutes = new ArrayList<Minute>();
        // all keys of minutes are of the same length, and stand in the order of time
        try (var found =
                store.range(Minutes.of(first).toString(), Minutes.of(last).toString())) {
            found.forEachRemaining(each -> minutes.add(each.value));
        }
        return Optional.of(minutes);
    }
}
