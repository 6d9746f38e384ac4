package io.millrace.client.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.connection.TokenSource;
import io.millrace.client.frame.Json;
import io.millrace.client.frame.MalformedFrameException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One request, with the token, and its answer as JSON or as {@link ApiException}. Thread-safe. */
final class Exchange {
    /** More than the longest time the server itself lets a request wait. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http;
    private final URI base;
    private final TokenSource tokens;

    Exchange(HttpClient http, URI base, TokenSource tokens) {
        this.http = http;
        this.base = base;
        this.tokens = tokens;
    }

    /** @param status of a successful answer */
    record Answer(int status, ObjectNode body) {}

    CompletableFuture<Answer> get(String pathAndQuery) {
        return call("GET", pathAndQuery, null);
    }

    /** A refused token is replaced, and the call made once more. */
    CompletableFuture<Answer> call(String method, String pathAndQuery, @Nullable ObjectNode body) {
        return once(method, pathAndQuery, body)
                .thenCompose(response -> {
                    if (response.statusCode() != 401) {
                        return CompletableFuture.completedFuture(response);
                    }
                    tokens.onRefused();
                    return once(method, pathAndQuery, body);
                })
                .thenApply(Exchange::answer);
    }

    static String encode(String pathSegmentOrValue) {
        return URLEncoder.encode(pathSegmentOrValue, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private CompletableFuture<HttpResponse<String>> once(
            String method, String pathAndQuery, @Nullable ObjectNode body) {
        return tokens.current().thenCompose(token -> {
            var request = HttpRequest.newBuilder(base.resolve(pathAndQuery))
                    .timeout(TIMEOUT)
                    .header("Authorization", "Bearer " + token)
                    .header("Accept", "application/json");
            if (body == null) {
                request.method(method, BodyPublishers.noBody());
            } else {
                request.header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(Json.write(body)));
            }
            return http.sendAsync(request.build(), BodyHandlers.ofString());
        });
    }

    private static Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Answer(status, Json.parseObject(response.body()));
        }
        throw problem(response);
    }

    private static ApiException problem(HttpResponse<String> response) {
        ObjectNode problem;
        try {
            problem = Json.parseObject(response.body());
        } catch (MalformedFrameException e) {
            // Something between here and the server answered instead of it.
            problem = Json.object();
        }
        String code = Json.textOrNull(problem, "code");
        String detail = Json.textOrNull(problem, "detail");
        long seconds = response.headers()
                .firstValue("Retry-After")
                .map(Exchange::seconds)
                .orElse(0L);
        return new ApiException(
                response.statusCode(),
                code == null ? "http_" + response.statusCode() : code,
                detail == null ? "" : detail,
                Json.number(problem, "retryAfterMs", seconds * 1000));
    }

    private static long seconds(String retryAfter) {
        return retryAfter.matches("\\d{1,6}") ? Long.parseLong(retryAfter) : 0;
    }
}
