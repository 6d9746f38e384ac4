package io.millrace.localstack.javascript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.DynamicTest;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Runs a folder of tests of a Node project with Node's own runner; each of its tests becomes one of JUnit's. */
public final class NodeTests {
    private static final int LIMIT_MINUTES = 10;
    private static final File NOTHING = new File("/dev/null");

    private NodeTests() {}

    /**
     * @param project directory with package.json and package-lock.json; its packages are fetched first
     * @param folder the tests, in the project
     * @param environment added to this process's
     */
    public static Stream<DynamicTest> of(Path project, String folder, Map<String, String> environment) {
        try {
            var root = project.toRealPath();
            fetchPackages(root);
            var log = log(root, folder);
            var report = log.resolveSibling(log.getFileName() + ".xml");
            Files.deleteIfExists(report);
            int exit = run(
                    root,
                    environment,
                    log,
                    "node",
                    "--test",
                    "--test-concurrency=1",
                    "--test-reporter=spec",
                    "--test-reporter-destination=stdout",
                    "--test-reporter=junit",
                    "--test-reporter-destination=" + report,
                    folder + "/");
            return Stream.concat(
                    results(report).stream(),
                    Stream.of(DynamicTest.dynamicTest("the run of " + folder + " ends well", () -> assertThat(exit)
                            .isZero())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + folder + " ran", e);
        }
    }

    private static void fetchPackages(Path project) throws IOException, InterruptedException {
        var fetched = project.resolve("node_modules/.package-lock.json");
        var wanted = project.resolve("package-lock.json");
        if (Files.exists(fetched)
                && Files.getLastModifiedTime(fetched).compareTo(Files.getLastModifiedTime(wanted)) >= 0) {
            return;
        }
        var log = log(project, "npm-ci");
        assertThat(run(project, Map.of(), log, "npm", "ci", "--no-audit", "--no-fund"))
                .as("npm ci in %s; its log is %s", project, log)
                .isZero();
    }

    private static Path log(Path project, String name) throws IOException {
        return Files.createDirectories(Path.of("target", "node"))
                .resolve(project.getFileName() + "-" + name + ".log")
                .toAbsolutePath();
    }

    /** Standard input and output of this process belong to the test runner. */
    private static int run(Path directory, Map<String, String> environment, Path log, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(NOTHING)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException(
                    command[0] + " does not start; the tests of the JavaScript client need Node 20 with npm", e);
        }
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " still ran after " + LIMIT_MINUTES + " minutes");
        }
        return process.exitValue();
    }

    private static List<DynamicTest> results(Path report) throws IOException {
        Element root;
        try {
            root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        } catch (SAXException e) {
            throw new IOException("no report of a test run: " + report, e);
        }
        var tests = root.getElementsByTagName("testcase");
        assertThat(tests.getLength()).as("tests in %s", report).isPositive();
        return new ArrayList<>(IntStream.range(0, tests.getLength())
                .mapToObj(index -> result((Element) tests.item(index)))
                .toList());
    }

    private static DynamicTest result(Element test) {
        var failures = test.getElementsByTagName("failure");
        return DynamicTest.dynamicTest(test.getAttribute("name"), () -> {
            if (failures.getLength() > 0) {
                throw new AssertionError(failures.item(0).getTextContent());
            }
            assertThat(test.getElementsByTagName("skipped").getLength())
                    .as("skipped")
                    .isZero();
        });
    }
}
