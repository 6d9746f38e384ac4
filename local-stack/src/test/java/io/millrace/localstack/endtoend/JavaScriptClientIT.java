package io.millrace.localstack.endtoend;

import io.millrace.localstack.SharedStack;
import io.millrace.localstack.javascript.NodeTests;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Devices on the JavaScript client, over a network that loses, doubles, reorders and cuts. */
class JavaScriptClientIT {
    @TestFactory
    Stream<DynamicTest> shouldPassItsTestsOnTheStack() {
        var edge = SharedStack.running().edge(0).toString();
        return NodeTests.of(Path.of("../clients/js"), "test-stack", Map.of("MILLRACE_URL", edge));
    }
}
