package io.millrace.localstack.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser of this machine; Debian's is installed where there is none and we may. */
final class Chromium {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private Chromium() {}

    static Path path() throws IOException, InterruptedException {
        var given = System.getenv("CHROMIUM");
        if (given != null) {
            return Path.of(given);
        }
        var present = find();
        if (present.isPresent()) {
            return present.get();
        }
        run("apt-get", "update");
        run("apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk");
        return find().orElseThrow(Chromium::missing);
    }

    private static Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(Path::of)
                .flatMap(directory -> NAMES.stream().map(directory::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void run(String... command) throws InterruptedException {
        try {
            // Standard input and output of this process belong to the test runner.
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            process.environment().put("DEBIAN_FRONTEND", "noninteractive");
            if (process.start().waitFor() != 0) {
                throw missing();
            }
        } catch (IOException e) {
            throw missing();
        }
    }

    private static AssertionError missing() {
        return new AssertionError("the tests of the page need Chromium, and it could not be installed from Debian:"
                + " apt-get install chromium, or name one in the environment variable CHROMIUM");
    }
}
