package io.millrace.localstack.child;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a child JVM runs.
 *
 * @param java the {@code java} executable
 * @param options JVM options, system properties among them
 * @param classPath jars, in order
 * @param mainClass runs under {@link ChildGuard}
 * @param arguments of the main class
 * @param environment variables beside those of this process
 */
public record JvmCommand(
        Path java,
        List<String> options,
        List<Path> classPath,
        String mainClass,
        List<String> arguments,
        Map<String, String> environment) {
    public JvmCommand {
        options = List.copyOf(options);
        classPath = List.copyOf(classPath);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    public JvmCommand(Path java, List<String> options, List<Path> classPath, String mainClass, List<String> arguments) {
        this(java, options, classPath, mainClass, arguments, Map.of());
    }

    /** The same with further options. */
    public JvmCommand withOptions(List<String> more) {
        var all = new ArrayList<>(options);
        all.addAll(more);
        return new JvmCommand(java, all, classPath, mainClass, arguments, environment);
    }

    /** The same program from other jars. */
    public JvmCommand withClassPath(List<Path> other) {
        return new JvmCommand(java, options, other, mainClass, arguments, environment);
    }

    /** The same with these variables. */
    public JvmCommand withEnvironment(Map<String, String> variables) {
        return new JvmCommand(java, options, classPath, mainClass, arguments, variables);
    }
}
