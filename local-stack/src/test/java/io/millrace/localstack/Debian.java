package io.millrace.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that tests need beside a JDK, Maven and Node: those of this machine, else Debian's, installed if we may. */
public final class Debian {
    private Debian() {}

    /**
     * @param names what the program may be called, on the PATH
     * @param packages Debian's, that bring it
     */
    public static Path program(List<String> names, String... packages) throws InterruptedException {
        var present = find(names);
        if (present.isPresent()) {
            return present.get();
        }
        var install = new ArrayList<>(List.of("apt-get", "install", "-y", "--no-install-recommends"));
        install.addAll(List.of(packages));
        boolean installed = succeeds(List.of("apt-get", "update")) && succeeds(install);
        return find(names)
                .filter(found -> installed)
                .orElseThrow(() -> new AssertionError("the tests need "
                        + names.get(0) + ", and it could not be installed from Debian: apt-get install "
                        + String.join(" ", packages)));
    }

    private static Optional<Path> find(List<String> names) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(Path::of)
                .flatMap(directory -> names.stream().map(directory::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        // Standard input and output of this process belong to the test runner.
        var process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        process.environment().put("DEBIAN_FRONTEND", "noninteractive");
        try {
            return process.start().waitFor() == 0;
        } catch (IOException e) {
            return false; // no Debian: the caller says what is needed
        }
    }
}
