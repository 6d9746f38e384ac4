package io.millrace.timeline.replay;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.service.config.ConfigLoader;
import io.millrace.timeline.TimelineConfig;
import io.millrace.timeline.cassandra.CassandraConnection;
import io.millrace.timeline.cassandra.CassandraSettings;
import io.millrace.timeline.cassandra.StoreMetrics;
import io.millrace.timeline.cassandra.TimelineStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which log and which store a command is about. */
final class StoreOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings of the timeline service (those of the local stack, if it ever ran; else defaults)."
                    + " The environment, MILLRACE_TIMELINE_…, goes before them.")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${sys:millrace.data:-.millrace}",
            description = "Of the local stack (${DEFAULT-VALUE}).")
    private Path data = Path.of(".millrace");

    @Option(names = "--keyspace", paramLabel = "NAME", description = "The live one (default), or another.")
    private @Nullable String keyspace;

    Path data() {
        return data.toAbsolutePath().normalize();
    }

    /** The settings of the timeline service, with the keyspace that was asked for. */
    TimelineConfig settings(Map<String, String> environment) {
        var local = data().resolve("timeline").resolve("timeline.yaml");
        var file = config != null ? config : local;
        var arguments =
                config != null || Files.exists(local) ? List.of("--config", file.toString()) : List.<String>of();
        var settings = new ConfigLoader("timeline").load(TimelineConfig.class, arguments, environment);
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
