package io.millrace.localstack.contract;

import io.millrace.localstack.SharedStack;
import io.millrace.localstack.javascript.NodeTests;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Packages of npm that know nothing of us write the very bytes that we write: kafkajs and Confluent's registry client. */
class NpmSerializerIT {
    @TestFactory
    Stream<DynamicTest> shouldBeWrittenByPackagesOfNpm() {
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
