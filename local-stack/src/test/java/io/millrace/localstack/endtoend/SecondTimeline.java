package io.millrace.localstack.endtoend;

import io.millrace.localstack.LocalStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Another timeline service beside that of a stack, on another keyspace and in a group of its own. */
final class SecondTimeline implements AutoCloseable {
    private final int api = ServiceBeside.freePort();
    private final ServiceBeside service;

    SecondTimeline(LocalStack stack, String keyspace, String group, Path directory) throws IOException {
        int admin = ServiceBeside.freePort();
        var environment = Map.of(
                "MILLRACE_TIMELINE_CASSANDRA_KEYSPACE",
                keyspace,
                "MILLRACE_TIMELINE_WRITER_GROUP",
                group,
                "MILLRACE_TIMELINE_API_PORT",
                Integer.toString(api),
                "MILLRACE_TIMELINE_ADMIN_PORT",
                Integer.toString(admin));
        service = new ServiceBeside(
                stack,
                "timeline-writer",
                "io.millrace.timeline.TimelineMain",
                "timeline/timeline.yaml",
                admin,
                environment,
                directory.resolve("second-timeline.log"));
    }

    int apiPort() {
        return api;
    }

    boolean isReady() throws InterruptedException {
        return service.isReady();
    }

    @Override
    public void close() throws InterruptedException {
        service.close();
    }
}
