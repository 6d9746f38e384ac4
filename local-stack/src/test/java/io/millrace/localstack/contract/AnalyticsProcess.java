package io.millrace.localstack.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.localstack.BuiltParts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The example of examples/analytics, started by the line of its page. */
public final class AnalyticsProcess implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("analytics at (http://\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final URI url;

    private AnalyticsProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts it and waits until its page is there.
     *
     * @param environment how servers are reached
     * @param directory of its output and its stores
     */
    public static AnalyticsProcess start(Map<String, String> environment, Path directory) throws IOException {
        var output = Files.createTempFile(Files.createDirectories(directory), "analytics", ".out");
        var line = SampleLines.of("examples/analytics/README.md", "Run it")
                .steps()
                .get(0)
                .script();
        var builder = new ProcessBuilder("sh", "-euc", "exec " + line)
                .directory(BuiltParts.repository().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        var variables = builder.environment();
        variables.putAll(environment);
        variables.put("PORT", "0");
        variables.put("STATE", directory.resolve("state").toAbsolutePath().toString());
        variables.put("JAVA_TOOL_OPTIONS", "-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        variables.put("PATH", BuiltParts.java().getParent() + ":" + System.getenv("PATH"));
        var process = builder.start();
        await("the page of the example").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
            assertThat(Files.readString(output)).containsPattern(URL);
        });
        var found = URL.matcher(Files.readString(output));
        assertThat(found.find()).isTrue();
        return new AnalyticsProcess(process, URI.create(found.group(1)));
    }

    public URI url() {
        return url;
    }

    /** Sum of a number over the minutes of the last day; -1 while there are no results. */
    public long sum(String number) throws IOException, InterruptedException {
        long sum = 0;
        var answer = get("minutes.json?last=1440");
        if (answer.statusCode() != 200) {
            return -1;
        }
        for (var minute : json(answer).get("minutes")) {
            sum += minute.get(number).asLong();
        }
        return sum;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    /** At once, as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** In order, as SIGTERM asks for. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
