package io.millrace.localstack.browser;

import io.millrace.localstack.Debian;
import io.millrace.localstack.SharedStack;
import io.millrace.localstack.javascript.NodeTests;
import java.nio.file.Path;
import java.util.List;
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
                Map.of("MILLRACE_URL", edge, "CHROMIUM", chromium(), "MILLRACE_SCREENSHOTS", pictures));
    }

    private static String chromium() throws InterruptedException {
        var given = System.getenv("CHROMIUM");
        if (given != null) {
            return given;
        }
        var names = List.of("chromium", "chromium-browser", "google-chrome");
        return Debian.program(names, "chromium", "fonts-noto-cjk").toString();
    }
}
