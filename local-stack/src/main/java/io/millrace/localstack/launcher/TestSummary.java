package io.millrace.localstack.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Counts what a test run did, per layer, from the XML reports. {@code ./millrace test} runs this file as it stands
 * ({@code java TestSummary.java DIR}), so that a build that broke early is summed up too: it uses the JDK alone.
 */
public final class TestSummary {
    private enum Layer {
        UNIT("unit"),
        TOPOLOGY("topology"),
        CONTRACT("contract"),
        INTEGRATION("integration"),
        END_TO_END("end to end"),
        BROWSER("browser");

        final String title;

        Layer(String title) {
            this.title = title;
        }

        /** By the name of the class, which is a rule of the house. */
        static Layer of(String test) {
            if (test.contains(".browser.")) {
                return BROWSER;
            }
            if (test.contains(".endtoend.")) {
                return END_TO_END;
            }
            if (test.endsWith("TopologyTest")) {
                return TOPOLOGY;
            }
            if (test.contains(".contract.")) {
                return CONTRACT;
            }
            return test.endsWith("IT") ? INTEGRATION : UNIT;
        }
    }

    private static final class Count {
        private int passed;
        private int failed;
        private int skipped;
        private double seconds;
    }

    private final Map<Layer, Count> counts = new EnumMap<>(Layer.class);
    private final List<String> failures = new ArrayList<>();

    /** @param args the repository */
    public static void main(String[] args) throws Exception {
        var summary = new TestSummary();
        for (var report : reports(Path.of(args[0]))) {
            summary.add(report);
        }
        System.exit(summary.print() ? 0 : 1);
    }

    private static List<Path> reports(Path root) throws IOException {
        try (var files = Files.find(
                root, 12, (path, attributes) -> attributes.isRegularFile() && isReport(root.relativize(path)))) {
            return files.sorted().toList();
        }
    }

    private static boolean isReport(Path path) {
        var name = path.toString();
        return !name.contains("node_modules") && name.matches(".*target/[a-z-]*-reports/TEST-.*\\.xml");
    }

    private void add(Path report) throws IOException, SAXException, ParserConfigurationException {
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
        var cases = document.getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            addCase((Element) cases.item(i));
        }
    }

    private void addCase(Element test) {
        var type = test.getAttribute("classname");
        var count = counts.computeIfAbsent(Layer.of(type), layer -> new Count());
        var time = test.getAttribute("time").replace(",", "");
        count.seconds += time.isEmpty() ? 0 : Double.parseDouble(time);
        if (has(test, "failure") || has(test, "error")) {
            count.failed++;
            failures.add(type + " " + test.getAttribute("name"));
        } else if (has(test, "skipped")) {
            count.skipped++;
        } else {
            count.passed++;
        }
    }

    private static boolean has(Element test, String child) {
        return test.getElementsByTagName(child).getLength() > 0;
    }

    /** Returns whether something ran and nothing failed. */
    @SuppressWarnings("SystemOut") // the summary is its purpose
    private boolean print() {
        int passed = 0;
        int failed = 0;
        System.out.println();
        for (var layer : Layer.values()) {
            var count = counts.getOrDefault(layer, new Count());
            passed += count.passed;
            failed += count.failed;
            System.out.printf(
                    Locale.ROOT,
                    "  %-12s %5d passed %4d failed %4d skipped  %7.1f s%n",
                    layer.title,
                    count.passed,
                    count.failed,
                    count.skipped,
                    count.seconds);
        }
        failures.forEach(failure -> System.out.println("  failed: " + failure));
        System.out.println(passed + " passed, " + failed + " failed");
        return failed == 0 && passed > 0;
    }
}
