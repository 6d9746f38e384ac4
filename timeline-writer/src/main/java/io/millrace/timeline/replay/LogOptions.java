package io.millrace.timeline.replay;

import io.millrace.service.config.ConfigLoader;
import io.millrace.timeline.TimelineConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which log a command is about. */
class LogOptions {
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

    Path data() {
        return data.toAbsolutePath().normalize();
    }

    /** The settings of the timeline service. */
    TimelineConfig settings(Map<String, String> environment) {
        var local = data().resolve("timeline").resolve("timeline.yaml");
        var file = config != null ? config : local;
        var arguments =
                config != null || Files.exists(local) ? List.of("--config", file.toString()) : List.<String>of();
        return new ConfigLoader("timeline").load(TimelineConfig.class, arguments, environment);
    }
}
