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
import java.util.Map;
import java.util.stream.Collectors;

/** A service in a process of its own beside that of a stack, with its settings but for those given as environment. */
final class ServiceBeside implements AutoCloseable {
    private final String module;
    private final int admin;
    private final Process process;

    /**
     * @param module whose program it is
     * @param settings the file of the one in the stack, under its directory
     * @param admin port of its health
     * @param log is appended to
     */
    ServiceBeside(
            LocalStack stack,
            String module,
            String mainClass,
            String settings,
            int admin,
            Map<String, String> environment,
            Path log)
            throws IOException {
        this.module = module;
        this.admin = admin;
        var classPath =
                BuiltParts.service(module).stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        var builder = new ProcessBuilder(List.of(
                        BuiltParts.java().toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        mainClass,
                        "--config",
                        stack.options().data().resolve(settings).toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError(module + " beside the stack ended with " + process.exitValue());
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

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
