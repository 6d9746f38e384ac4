package io.millrace.localstack.endtoend;

import io.millrace.localstack.BuiltParts;
import io.millrace.localstack.LocalStack;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Another timeline service beside that of a stack, on another keyspace and in a group of its own. */
final class SecondTimeline implements AutoCloseable {
    private final int api = freePort();
    private final int admin = freePort();
    private final Process process;

    SecondTimeline(LocalStack stack, String keyspace, String group, Path directory) throws IOException {
        var classPath = BuiltParts.service("timeline-writer").stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        var builder = new ProcessBuilder(List.of(
                        BuiltParts.java().toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        "io.millrace.timeline.TimelineMain",
                        "--config",
                        stack.options().data().resolve("timeline/timeline.yaml").toString()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("second-timeline.log").toFile());
        builder.environment().put("MILLRACE_TIMELINE_CASSANDRA_KEYSPACE", keyspace);
        builder.environment().put("MILLRACE_TIMELINE_WRITER_GROUP", group);
        builder.environment().put("MILLRACE_TIMELINE_API_PORT", Integer.toString(api));
        builder.environment().put("MILLRACE_TIMELINE_ADMIN_PORT", Integer.toString(admin));
        process = builder.start();
    }

    int apiPort() {
        return api;
    }

    boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError("the second timeline service ended with " + process.exitValue());
        }
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + "/health/ready"))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false; // it does not listen yet
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
