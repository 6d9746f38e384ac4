package io.millrace.localstack.browser;

import io.millrace.localstack.SharedStack;
import io.millrace.localstack.javascript.NodeTests;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** People on the web page in a headless Chromium; pictures of it are left in {@code target/browser}. */
class WebPageIT {
    @TestFactory
    Stream<DynamicTest> shouldServePeopleInABrowser() throws Exception {
        var edge = SharedStack.running().edge(0).toString();
        var pictures = Path.of("target", "browser").toAbsolutePath().toString();
        return NodeTests.of(
                Path.of("../clients/js"),
                "test-browser",
                Map.of("MILLRACE_URL", edge, "CHROMIUM", Chromium.path().toString(), "MILLRACE_SCREENSHOTS", pictures));
    }
}
