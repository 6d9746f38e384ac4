package io.millrace.guarantees.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.client.http.DevTokens;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The HTTP side of the protocol for one user, without a client library. Blocks. Not thread-safe. */
public final class Http {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final HttpClient http;
    private final URI origin;
    private final DevTokens tokens;
    private @Nullable String token;

    public Http(HttpClient http, URI origin, String user) {
        this.http = http;
        this.origin = origin;
        this.tokens = new DevTokens(origin, user);
    }

    /** A client that several users may share. */
    public static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** An answer of any status. */
    public record Answer(int status, JsonNode body) {
        /** Whether the same request may get another answer later. */
        boolean passes() {
            return status == 202 || status == 429 || status >= 500 || status == 401;
        }
    }

    /**
     * Asks once.
     *
     * @throws IOException if there is no answer: nobody knows what came of the request
     */
    public Answer call(String method, String path, @Nullable JsonNode body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(origin.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token())
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        var response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() == 401) {
            token = null;
        }
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    private String token() throws IOException {
        var present = token;
        if (present == null) {
            try {
                present = tokens.get();
            } catch (java.io.UncheckedIOException | IllegalStateException e) {
                throw new IOException("no token", e);
            }
            token = present;
        }
        return present;
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
