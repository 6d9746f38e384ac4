package io.millrace.timeline.replay;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.timeline.TimelineConfig;
import io.millrace.timeline.cassandra.CassandraConnection;
import io.millrace.timeline.cassandra.CassandraSettings;
import io.millrace.timeline.cassandra.StoreMetrics;
import io.millrace.timeline.cassandra.TimelineStore;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which log and which store a command is about. */
final class StoreOptions extends LogOptions {
    @Option(names = "--keyspace", paramLabel = "NAME", description = "The live one (default), or another.")
    private @Nullable String keyspace;

    /** With the keyspace that was asked for. */
    @Override
    TimelineConfig settings(Map<String, String> environment) {
        var settings = super.settings(environment);
        return keyspace == null
                ? settings
                : new TimelineConfig(
                        settings.api(),
                        settings.admin(),
                        settings.kafka(),
                        settings.cassandra().in(keyspace),
                        settings.auth(),
                        settings.writer());
    }

    /** The store, whose keyspace and tables are made if they are missing. */
    static TimelineStore made(CassandraSettings settings, MeterRegistry metrics) {
        return new TimelineStore(CassandraConnection.open(settings), settings, new StoreMetrics(metrics));
    }

    /** The store as it is: nothing is made. */
    static TimelineStore present(CassandraSettings settings, MeterRegistry metrics) {
        return made(settings.withoutMigrations(), metrics);
    }
}
