package io.millrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The Autobahn test suite's fuzzing client against an echo behind the edge's own handshake and guards. Not run: the cases
 * of performance (9) and of compression (12, 13), which the edge does not offer.
 */
@Timeout(300)
class AutobahnTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> GOOD = Set.of("OK", "NON-STRICT", "INFORMATIONAL");
    private static final Path JARS = Path.of("target", "autobahn").toAbsolutePath();

    @Test
    void shouldFailNoCaseOfTheWebSocketSuite() throws Exception {
        // Given
        var reports = Files.createDirectories(JARS.resolve("reports"));
        try (var echo = new EchoEdge()) {
            // When
            int exit = fuzz(echo.port(), reports);

            // Then
            assertThat(exit).as("see %s/autobahn.log", reports).isZero();
            var results = JSON.readTree(reports.resolve("index.json").toFile()).get("edge");
            assertThat(results).hasSizeGreaterThan(230);
            assertThat(failures(results)).isEmpty();
        }
    }

    private static List<String> failures(JsonNode results) {
        var failures = new ArrayList<String>();
        for (var each : results.properties()) {
            var behavior = each.getValue().path("behavior").asText();
            var close = each.getValue().path("behaviorClose").asText();
            if (!GOOD.contains(behavior) || !GOOD.contains(close)) {
                failures.add(each.getKey() + ": " + behavior + ", close " + close);
            }
        }
        return failures;
    }

    /** Exit code of the client, which runs on a Python of its own. */
    private static int fuzz(int port, Path reports) throws IOException, InterruptedException {
        var spec = Map.of(
                "options", Map.of("failByDrop", false),
                "outdir", reports.toString(),
                "servers",
                        List.of(Map.of(
                                "agent",
                                "edge",
                                "url",
                                "ws://127.0.0.1:" + port + "/v1/ws",
                                "protocols",
                                List.of(HandshakeGuard.SUBPROTOCOL))),
                "cases", List.of("*"),
                "exclude-cases", List.of("9.*", "12.*", "13.*"),
                "exclude-agent-cases", Map.of());
        // Texts of JSON are Unicode to this Python, which its sockets do not take; as literals they are bytes.
        var script = Files.writeString(reports.resolve("run.py"), """
                from autobahntestsuite import wstest
                import ast
                wstest.start({'mode': 'fuzzingclient'}, ast.literal_eval('''%s'''.replace('false', 'False')))
                """.formatted(JSON.writeValueAsString(spec)));
        var java = ProcessHandle.current().info().command().orElse("java");
        var jars = JARS.resolve("autobahntestsuite-maven-plugin.jar")
                + File.pathSeparator
                + JARS.resolve("jython-standalone.jar");
        var process = new ProcessBuilder(
                        java, "-Xmx512m", "-XX:+UseSerialGC", "-cp", jars, "org.python.util.jython", script.toString())
                .directory(reports.toFile())
                .redirectErrorStream(true)
                .redirectOutput(reports.resolve("autobahn.log").toFile())
                .start();
        try {
            if (!process.waitFor(4, TimeUnit.MINUTES)) {
                throw new AssertionError("the fuzzing client did not come to an end");
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
