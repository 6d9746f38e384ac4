package io.millrace.localstack.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls of one user, over plain HTTP. */
final class Wire {
    static final HttpClient HTTP = HttpClient.newHttpClient();
    static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI edge;
    private final String token;

    /** An answer and its status. */
    record Answer(int status, String contentType, JsonNode body) {}

    private Wire(URI edge, String token) {
        this.edge = edge;
        this.token = token;
    }

    /** With a development token of that user. */
    static Wire of(URI edge, String user) throws IOException, InterruptedException {
        var answer = new Wire(edge, "").post("dev/token", "{\"user\":\"" + user + "\"}");
        return new Wire(edge, answer.body().path("token").asText());
    }

    /** With this token, whatever it is. */
    static Wire with(URI edge, String token) {
        return new Wire(edge, token);
    }

    String token() {
        return token;
    }

    URI edge() {
        return edge;
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Answer post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer patch(String path, String json) throws IOException, InterruptedException {
        return send(request(path).method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(edge.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json");
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                MAPPER.readTree(response.body()));
    }
}
