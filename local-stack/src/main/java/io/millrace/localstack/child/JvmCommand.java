package io.millrace.localstack.child;

import java.nio.file.Path;
import java.util.List;

/**
 * What a child JVM runs.
 *
 * @param java the {@code java} executable
 * @param options JVM options, system properties among them
 * @param classPath jars, in order
 * @param mainClass runs under {@link ChildGuard}
 * @param arguments of the main class
 */
public record JvmCommand(
        Path java, List<String> options, List<Path> classPath, String mainClass, List<String> arguments) {
    public JvmCommand {
        options = List.copyOf(options);
        classPath = List.copyOf(classPath);
        arguments = List.copyOf(arguments);
    }
}
