package io.millrace.router.rebuild;

import io.millrace.router.RouterConfig;
import io.millrace.router.runtime.LogNames;
import io.millrace.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The stores of a router on its disk, which are worth nothing when their changelogs are made again. */
final class LocalState {
    private LocalState() {}

    static void delete(RouterConfig config, LogNames names) throws IOException {
        for (var stage : List.of(TopicCatalogue.CONVERSATIONS_APP, TopicCatalogue.USERS_APP)) {
            var directory = Path.of(config.stateDir()).resolve(names.application(stage));
            if (Files.exists(directory)) {
                try (var files = Files.walk(directory)) {
                    for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }
}
