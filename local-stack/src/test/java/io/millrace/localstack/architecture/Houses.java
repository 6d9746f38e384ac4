package io.millrace.localstack.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The compiled classes of every module, read from where Maven puts them; nothing of them is loaded. */
final class Houses {
    /** Root package by module directory, in the order of the build. */
    static final Map<String, String> PACKAGES = packages();

    static final JavaClasses MAIN = read("classes");
    static final JavaClasses TESTS = read("test-classes");

    private Houses() {}

    private static Map<String, String> packages() {
        var packages = new LinkedHashMap<String, String>();
        packages.put("schemas", "io.millrace.schemas");
        packages.put("service-runtime", "io.millrace.service");
        packages.put("edge-connector", "io.millrace.edge");
        packages.put("streams-router", "io.millrace.router");
        packages.put("timeline-writer", "io.millrace.timeline");
        packages.put("webhooks", "io.millrace.webhooks");
        packages.put("clients/java", "io.millrace.client");
        packages.put("examples/analytics", "io.millrace.example.analytics");
        packages.put("local-stack", "io.millrace.localstack");
        return packages;
    }

    static String everythingBelow(String module) {
        return PACKAGES.get(module) + "..";
    }

    /** Root packages, with all below them, of every module that is not among these. */
    static String[] allBut(String... modules) {
        return PACKAGES.keySet().stream()
                .filter(module -> !Arrays.asList(modules).contains(module))
                .map(Houses::everythingBelow)
                .toArray(String[]::new);
    }

    private static JavaClasses read(String kind) {
        var paths = PACKAGES.keySet().stream()
                .map(module -> Path.of("..", module, "target", kind).normalize())
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter().importPaths(paths);
    }
}
