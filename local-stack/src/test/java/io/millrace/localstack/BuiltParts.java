package io.millrace.localstack;

import java.nio.file.Path;
import java.util.List;

/** The Java and the jars that a stack runs on, for tests that put one together themselves. */
public final class BuiltParts {
    private static final Installation INSTALLATION = Installation.locate();

    private BuiltParts() {}

    public static Path java() {
        return Machine.java17();
    }

    public static List<Path> server(String name) {
        return INSTALLATION.server(name);
    }

    public static Path registryRunner() {
        return INSTALLATION.registryRunner();
    }

    public static List<Path> service(String module) {
        return INSTALLATION.service(module);
    }

    public static Path archives() {
        return INSTALLATION.archives();
    }

    public static Path repository() {
        return INSTALLATION.root();
    }
}
