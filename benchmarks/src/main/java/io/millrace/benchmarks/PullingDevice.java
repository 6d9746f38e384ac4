package io.millrace.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A device that was away and pulls its timeline, page after page, until it is in step. For one thread. */
final class PullingDevice {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int PAGE = 200;
    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client;
    private final URI edge;
    private final String token;

    PullingDevice(HttpClient client, URI edge, String token) {
        this.client = client;
        this.edge = edge;
        this.token = token;
    }

    /** What one answer says. */
    private record Page(String epoch, long next, boolean more, int entries) {}

    /** Hears of each page. */
    @FunctionalInterface
    interface Pages {
        void onPage(int entries, long tookNanos);
    }

    /** Pulls everything from the first entry on. */
    void pull(Pages pages) throws IOException, InterruptedException {
        var epoch = "";
        long after = 0;
        boolean more = true;
        while (more) {
            long began = System.nanoTime();
            var page = page(after, epoch);
            pages.onPage(page.entries(), System.nanoTime() - began);
            epoch = page.epoch();
            after = page.next();
            more = page.more();
        }
    }

    private Page page(long after, String epoch) throws IOException, InterruptedException {
        var query = "/v1/timeline?after=" + after + "&limit=" + PAGE + (after > 0 ? "&epoch=" + epoch : "");
        var request = HttpRequest.newBuilder(edge.resolve(query))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != OK) {
            throw new IOException("a page is answered with " + answer.statusCode());
        }
        return read(answer.body());
    }

    private static Page read(byte[] body) throws IOException {
        var epoch = "";
        long next = 0;
        boolean more = false;
        int entries = 0;
        try (var json = JSON.createParser(body)) {
            json.nextToken();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var name = json.currentName();
                var value = json.nextToken();
                switch (name) {
                    case "epoch" -> epoch = json.getText();
                    case "next" -> next = json.getLongValue();
                    case "more" -> more = value == JsonToken.VALUE_TRUE;
                    case "entries" -> {
                        while (json.nextToken() != JsonToken.END_ARRAY) {
                            json.skipChildren();
                            entries++;
                        }
                    }
                    default -> json.skipChildren();
                }
            }
        }
        return new Page(epoch, next, more, entries);
    }
}
