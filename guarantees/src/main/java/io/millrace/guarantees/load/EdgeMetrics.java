package io.millrace.guarantees.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What a service counts, from its admin port. */
public final class EdgeMetrics {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI metrics;

    public EdgeMetrics(int adminPort) {
        metrics = URI.create("http://127.0.0.1:" + adminPort + "/metrics");
    }

    /** A metric, summed over its lines. */
    public double value(String metric) {
        return value(metric, "");
    }

    /**
     * A metric, summed over those of its lines that have the tag.
     *
     * @param tag as {@code name="value"}
     */
    public double value(String metric, String tag) {
        return scrape().lines()
                .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                .filter(line -> line.contains(tag))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private String scrape() {
        var request =
                HttpRequest.newBuilder(metrics).timeout(Duration.ofSeconds(10)).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException("the service does not tell its metrics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a service was asked for its metrics", e);
        }
    }
}
