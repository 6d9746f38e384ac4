package io.millrace.localstack.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What can be known of the container files without Docker: they parse, and what one names the other has. */
class ContainerFilesTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern SECRET = Pattern.compile("file:/run/secrets/([a-z-]+)");
    private static final String ENTRYPOINT = Repository.read("docker/entrypoint.sh");

    @ParameterizedTest
    @ValueSource(strings = {"edge", "router", "timeline", "webhooks"})
    void shouldGiveEveryContainerTheSecretsOfItsSettings(String service) throws Exception {
        // Given
        var needed = new TreeSet<String>();
        var names = SECRET.matcher(Repository.read("docker/config/" + service + ".yaml"));
        while (names.find()) {
            needed.add(names.group(1));
        }

        // Then
        assertThat(compose("secrets").fieldNames()).toIterable().containsAll(needed);
        assertThat(containersOf(service)).isNotEmpty().allSatisfy(container -> assertThat(
                        texts(container.path("secrets")))
                .containsExactlyInAnyOrderElementsOf(needed));
    }

    @Test
    void shouldStartWhatTheEntryPointKnows() throws Exception {
        compose("services").forEach(container -> {
            if (container.path("image").asText().equals("millrace")) {
                assertThat(ENTRYPOINT)
                        .contains("\n    " + container.path("command").path(0).asText() + ") start ");
            }
        });
    }

    @Test
    void shouldMakeTopicsBeforeAnyServiceStarts() throws Exception {
        for (var service : List.of("edge", "router", "timeline", "webhooks")) {
            assertThat(containersOf(service)).allSatisfy(container -> assertThat(container
                            .path("depends_on")
                            .path("topics")
                            .path("condition")
                            .asText())
                    .isEqualTo("service_completed_successfully"));
        }
    }

    @Test
    void shouldDependOnContainersThatExist() throws Exception {
        var services = compose("services");
        services.forEach(container -> assertThat(container.path("depends_on").fieldNames())
                .toIterable()
                .allSatisfy(name -> assertThat(services.has(name)).as(name).isTrue()));
    }

    @Test
    void shouldReachTheSameServersFromEveryService() throws Exception {
        var arguments = texts(containersOf("topics").get(0).path("command"));
        for (var service : List.of("edge", "router", "timeline", "webhooks")) {
            var kafka = YAML.readTree(Repository.read("docker/config/" + service + ".yaml"))
                    .path("kafka");
            assertThat(kafka.path("bootstrapServers").asText()).isEqualTo(arguments.get(1));
            assertThat(kafka.path("schemaRegistryUrl").asText()).isEqualTo(arguments.get(2));
        }
    }

    @Test
    void shouldHaveAProgramForTopicsThatCompiles(@TempDir Path classes) {
        // When
        int exitCode = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Repository.ROOT.resolve("docker/ProvisionTopics.java").toString());

        // Then
        assertThat(exitCode).isZero();
    }

    private static JsonNode compose(String section) throws Exception {
        var mapper = new Yaml(); // Jackson does not merge maps (<<)
        Map<String, Object> tree = mapper.load(Repository.read("docker/compose.yaml"));
        return YAML.valueToTree(tree.get(section));
    }

    private static List<JsonNode> containersOf(String command) throws Exception {
        var found = new ArrayList<JsonNode>();
        compose("services").forEach(container -> {
            if (container.path("command").path(0).asText().equals(command)) {
                found.add(container);
            }
        });
        return found;
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(node -> texts.add(node.asText()));
        return texts;
    }
}
