package io.millrace.client;

import io.millrace.client.loop.ThreadLoop;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads and connections that clients run on. A client makes its own unless it is given one; a program with thousands of
 * clients shares a few. Close it after the clients that use it.
 */
public final class ClientRuntime implements AutoCloseable {
    final ThreadLoop loop;
    final HttpClient http;
    final ExecutorService blocking;

    public ClientRuntime(String name) {
        loop = new ThreadLoop(name);
        blocking = Executors.newSingleThreadExecutor(task -> {
            var thread = new Thread(task, name + "-tokens");
            thread.setDaemon(true);
            return thread;
        });
        // One origin, HTTP/1.1 as the WebSocket needs it; redirects would carry the token elsewhere.
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    @Override
    public void close() {
        loop.close();
        blocking.shutdownNow();
    }
}
