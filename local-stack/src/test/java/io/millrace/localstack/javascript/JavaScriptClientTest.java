package io.millrace.localstack.javascript;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The parts of the JavaScript client alone. */
class JavaScriptClientTest {
    @TestFactory
    Stream<DynamicTest> shouldPassItsOwnTests() {
        return NodeTests.of(Path.of("../clients/js"), "test", Map.of());
    }
}
