package io.millrace.localstack.endtoend;

import static org.awaitility.Awaitility.await;

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
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A router beside that of a stack, started as a shadow. */
final class ShadowRouter implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    private final int admin = freePort();
    private final Process process;

    /** @param maxGroupMembers the rule that may differ from the live one */
    ShadowRouter(LocalStack stack, String name, int maxGroupMembers, Path directory) throws IOException {
        var classPath = BuiltParts.service("streams-router").stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        var builder = new ProcessBuilder(List.of(
                        BuiltParts.java().toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        "io.millrace.router.RouterMain",
                        "--config",
                        stack.options().data().resolve("router/router.yaml").toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("shadow-" + name + ".log").toFile()));
        var environment = builder.environment();
        environment.put("MILLRACE_ROUTER_SHADOW_NAME", name);
        environment.put("MILLRACE_ROUTER_SHADOW_SINCE", "3s");
        environment.put("MILLRACE_ROUTER_MAX_GROUP_MEMBERS", Integer.toString(maxGroupMembers));
        environment.put("MILLRACE_ROUTER_ADMIN_PORT", Integer.toString(admin));
        environment.put("MILLRACE_ROUTER_STATE_DIR", directory.resolve(name).toString());
        process = builder.start();
    }

    ShadowRouter awaitReady() {
        await("shadow").atMost(READY_WITHIN).until(this::isReady);
        return this;
    }

    private boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError("the shadow ended with " + process.exitValue());
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
