package io.millrace.localstack.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.localstack.RunFile;
import io.millrace.localstack.part.StackException;
import io.millrace.localstack.part.StackException.Trouble;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a development token, and nothing else, for curl and scripts. */
@Command(name = "token", mixinStandardHelpOptions = true, description = "Print a development token for a user.")
final class Token implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private StackPlace place = new StackPlace();

    @Option(names = "--url", description = "The server; by default that of the running stack.")
    private @Nullable URI url;

    @Parameters(paramLabel = "USER", description = "Who it is for.")
    private String user = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var server = url == null ? running() : url;
        var request = HttpRequest.newBuilder(server.resolve("/dev/token"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("user", user))))
                .build();
        try {
            var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new StackException(
                        Trouble.MISUSE, server + " gives no token: " + response.statusCode() + " " + response.body());
            }
            spec.commandLine()
                    .getOut()
                    .println(JSON.readTree(response.body()).path("token").asText());
            return 0;
        } catch (IOException e) {
            throw new StackException(Trouble.PART_FAILED, server + " does not answer (" + e + ")", e);
        }
    }

    private URI running() throws IOException {
        return RunFile.read(place.data())
                .map(run -> URI.create(run.url()))
                .orElseThrow(() -> new StackException(
                        Trouble.MISUSE, "no stack is running on " + place.data() + "; start one: ./millrace up"));
    }
}
