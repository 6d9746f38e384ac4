package io.millrace.localstack.launcher;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which stack a command is about. */
final class StackPlace {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${sys:millrace.data:-.millrace}",
            description = "Everything the stack keeps (${DEFAULT-VALUE}).")
    private Path data = Path.of(".millrace");

    Path data() {
        return data.toAbsolutePath().normalize();
    }
}
