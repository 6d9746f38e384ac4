package io.millrace.localstack.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings files of the containers, checked by the services they are for, as processes of their own. */
class ContainerSettingsIT {
    private static final Map<String, List<String>> SERVICES = Map.of(
            "edge.yaml", List.of("edge-connector", "io.millrace.edge.EdgeMain"),
            "router.yaml", List.of("streams-router", "io.millrace.router.RouterMain"),
            "timeline.yaml", List.of("timeline-writer", "io.millrace.timeline.TimelineMain"),
            "webhooks.yaml", List.of("webhooks", "io.millrace.webhooks.WebhooksMain"));

    @TempDir
    Path directory;

    static Stream<Path> files() {
        return Repository.files(Repository.ROOT.resolve("docker/config"), ".yaml").stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldPassTheCheckOfItsService(Path file) throws Exception {
        // Given
        var secret = Files.writeString(directory.resolve("secret"), "0123456789abcdef0123456789abcdef");
        var settings = Files.readString(file).replaceAll("file:/run/secrets/[a-z-]+", "file:" + secret);

        // When
        var answer = check(String.valueOf(file.getFileName()), settings);

        // Then
        assertThat(answer).startsWith("0 ").contains("are good");
    }

    @Test
    void shouldSayWhatIsWrongWhenASettingIsUnknown() throws Exception {
        assertThat(check("router.yaml", "stateDri: /tmp"))
                .startsWith("2 ")
                .contains("router.stateDri is no setting; accepted here: [");
    }

    private String check(String name, String settings) throws Exception {
        var service = SERVICES.getOrDefault(name, List.of());
        assertThat(service).as("the service that " + name + " is for").hasSize(2);
        var target = Repository.ROOT.resolve(service.get(0)).resolve("target");
        var file = Files.writeString(directory.resolve(name), settings);
        var jars = Repository.files(target, ".jar").stream()
                .filter(jar -> jar.getParent().equals(target))
                .map(Path::toString)
                .toList();
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        String.join(File.pathSeparator, jars) + File.pathSeparator + target.resolve("lib/*"),
                        service.get(1),
                        "--config",
                        file.toString(),
                        "--check-config")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() + " " + Files.readString(directory.resolve("out"));
    }
}
