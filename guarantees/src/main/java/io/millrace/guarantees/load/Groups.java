package io.millrace.guarantees.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes groups over HTTP. */
public final class Groups {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CREATED = 201;

    private Groups() {}

    /**
     * A group of those users, the first one its owner; answers its id.
     *
     * @param edge base URL
     */
    public static String create(URI edge, Tokens tokens, List<String> users) throws IOException, InterruptedException {
        var owner = users.get(0);
        var token = tokens.of(owner, System.currentTimeMillis());
        var wanted = Map.of(
                "clientMessageId",
                "group-of-" + owner,
                "kind",
                "group",
                "title",
                "Crowded",
                "members",
                users.subList(1, users.size()));
        var request = HttpRequest.newBuilder(edge.resolve("/v1/conversations"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(wanted)))
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != CREATED) {
            throw new IOException("the group was not made: " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body()).path("conversation").asText();
    }
}
