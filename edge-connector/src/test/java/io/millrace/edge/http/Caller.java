package io.millrace.edge.http;

import io.millrace.edge.EdgeUnderTest;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.UserCommand;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.avro.specific.SpecificRecord;

/** Makes HTTP calls with a token, and knows what became of them in the log. */
final class Caller {
    private final HttpClient client = HttpClient.newHttpClient();
    private final EdgeUnderTest edge;
    private final String token;

    Caller(EdgeUnderTest edge, String token) {
        this.edge = edge;
        this.token = token;
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return call("POST", path, body);
    }

    HttpResponse<String> put(String path, String body) throws Exception {
        return call("PUT", path, body);
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    HttpResponse<String> delete(String path) throws Exception {
        return send(request(path).DELETE());
    }

    HttpResponse<String> call(String method, String path, String body) throws Exception {
        return send(request(path).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path) {
        return bare(path).header("Content-Type", "application/json").header("Authorization", "Bearer " + token);
    }

    /** Without a token. */
    HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + edge.port() + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    Command lastCommand() {
        return last(Command.class);
    }

    UserCommand lastUserCommand() {
        return last(UserCommand.class);
    }

    private <T extends SpecificRecord> T last(Class<T> type) {
        return edge.router.written.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
