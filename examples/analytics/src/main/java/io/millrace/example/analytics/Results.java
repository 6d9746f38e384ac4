package io.millrace.example.analytics;

import io.millrace.example.analytics.record.Minute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What stands in the topic of results. */
final class Results {
    private final Supplier<ReadOnlyKeyValueStore<String, Minute>> store;

    /** @param store gives the store of the topic, or throws {@link InvalidStateStoreException} while there is none */
    Results(Supplier<ReadOnlyKeyValueStore<String, Minute>> store) {
        this.store = store;
    }

    static Results of(KafkaStreams streams) {
        return new Results(() -> streams.store(
                StoreQueryParameters.fromNameAndType(AnalyticsTopology.RESULTS, QueryableStoreTypes.keyValueStore())));
    }

    /** The minutes from the first to the last, ascending; empty while they cannot be read: at the start and at the end. */
    Optional<List<Minute>> between(Instant first, Instant last) {
        var minutes = new ArrayList<Minute>();
        // all keys are of the same length, and stand in the order of time
        try (var found =
                store.get().range(Minutes.of(first).toString(), Minutes.of(last).toString())) {
            found.forEachRemaining(each -> minutes.add(each.value));
        } catch (InvalidStateStoreException e) {
            return Optional.empty();
        }
        return Optional.of(minutes);
    }
}
