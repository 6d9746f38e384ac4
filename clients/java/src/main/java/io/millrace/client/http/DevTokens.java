package io.millrace.client.http;

import io.millrace.client.frame.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;

/** Tokens of a server that has development tokens switched on. Blocks. */
public final class DevTokens implements Supplier<String> {
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final HttpRequest request;

    public DevTokens(URI origin, String user) {
        request = HttpRequest.newBuilder(origin.resolve("/dev/token"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(Json.object().put("user", user))))
                .build();
    }

    /**
     * @throws UncheckedIOException if the server cannot be reached
     * @throws IllegalStateException if it gives no development tokens
     */
    @Override
    public String get() {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(
                        "no development token: " + request.uri() + " answers " + response.statusCode());
            }
            return Json.text(Json.parseObject(response.body()), "token");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot reach " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
