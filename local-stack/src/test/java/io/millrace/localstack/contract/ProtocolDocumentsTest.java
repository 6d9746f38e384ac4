package io.millrace.localstack.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The three documents of the protocol say the same: the text, AsyncAPI and OpenAPI. */
class ProtocolDocumentsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String TEXT = text();

    private static String text() {
        try {
            return Files.readString(Path.of("../docs/protocol.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Frames of the text's examples; ellipses stand for what an example leaves out. */
    static List<String> examples() {
        var joined = TEXT.replaceAll(",\n +\"", ",\"");
        var matcher = Pattern.compile("(?m)^[→←] (\\{.*})$").matcher(joined);
        var found = new ArrayList<String>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldShowFramesThatTheSchemasAllow(String example) throws IOException {
        // Given
        var frame = example.replace("01J…", "01K5RM9W0Y0000000000000000")
                .replace("\"body\":{…}", "\"body\":{\"kind\":\"text\",\"text\":\"hi\"}");
        if (frame.contains("[{…},{…}]")) {
            frame = frame.replace("[{…},{…}]", "[" + anEntry(58) + "," + anEntry(59) + "]");
        }

        // Then
        ProtocolSchemas.assertFrame(MAPPER.readTree(frame));
    }

    @Test
    void shouldFindTheExamples() {
        assertThat(examples()).hasSizeGreaterThan(25);
    }

    @Test
    void shouldDescribeEveryFrameTypeOfTheText() {
        // Given
        var described = new TreeSet<String>();
        ProtocolSchemas.ASYNCAPI.at("/components/messages").fieldNames().forEachRemaining(described::add);

        // Then
        var matcher = Pattern.compile("\"type\":\"([a-z]+)\"").matcher(TEXT);
        while (matcher.find()) {
            if (!matcher.group(1).equals("event")) { // shared conversations: the contract now, the code later
                assertThat(described).contains(matcher.group(1));
            }
        }
        assertThat(described).contains("edit", "recall", "react", "read");
    }

    @Test
    void shouldListEveryMessageInOneDirection() {
        // Given
        var messages = new TreeSet<String>();
        ProtocolSchemas.ASYNCAPI.at("/components/messages").fieldNames().forEachRemaining(messages::add);

        // When
        var ofOperations = new TreeSet<String>();
        Stream.of("ask", "tell")
                .flatMap(operation -> elements(ProtocolSchemas.ASYNCAPI.at("/operations/" + operation + "/messages")))
                .map(reference -> reference.get("$ref").asText())
                .forEach(reference -> assertThat(ofOperations.add(reference.substring(reference.lastIndexOf('/') + 1)))
                        .isTrue());

        // Then
        assertThat(ofOperations).isEqualTo(messages);
    }

    @Test
    void shouldListTheCallsOfTheText() {
        // Given
        var paths = ProtocolSchemas.OPENAPI.at("/paths");

        // Then
        var matcher = Pattern.compile("`(GET|POST|PUT|PATCH|DELETE) (/(?:v1|dev)/[A-Za-z0-9/{}_-]*)")
                .matcher(TEXT);
        int calls = 0;
        while (matcher.find()) {
            if (matcher.group(2).equals("/v1/ws")) {
                continue;
            }
            calls++;
            var path = matcher.group(2).replace("{its", "{user}");
            assertThat(paths.path(path).has(matcher.group(1).toLowerCase(java.util.Locale.ROOT)))
                    .as("%s %s", matcher.group(1), path)
                    .isTrue();
        }
        assertThat(calls).isGreaterThan(15);
    }

    @Test
    void shouldRefuseFieldsThatNoDocumentNames() throws IOException {
        // Given
        var frame = MAPPER.readTree("{\"type\":\"pong\",\"surprise\":1}");

        // Then
        assertThatThrownBy(() -> ProtocolSchemas.assertFrame(frame)).isInstanceOf(AssertionError.class);
    }

    private static String anEntry(int position) {
        return "{\"position\":" + position + ",\"conversation\":\"d:alice:bob\",\"version\":null,\"at\":1,"
                + "\"event\":{\"kind\":\"read\",\"seq\":1}}";
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return java.util.stream.StreamSupport.stream(array.spliterator(), false);
    }
}
