package io.millrace.localstack.contract;

import io.millrace.localstack.SharedStack;
import io.millrace.localstack.javascript.NodeTests;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The topics read, and written, by packages of npm that know nothing of us: kafkajs and Confluent's registry client. */
class NpmConsumerIT {
    @TestFactory
    Stream<DynamicTest> shouldBeReadByPackagesOfNpm() {
        var stack = SharedStack.running();
        return NodeTests.of(
                Path.of("src/test/node"),
                "topics",
                Map.of(
                        "MILLRACE_URL",
                        stack.edge(0).toString(),
                        "KAFKA",
                        stack.parts().bootstrapServers(),
                        "REGISTRY",
                        stack.parts().registryUrl()));
    }
}
