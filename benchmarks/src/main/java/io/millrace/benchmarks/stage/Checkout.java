package io.millrace.benchmarks.stage;

import java.nio.file.Files;
import java.nio.file.Path;

/** The built repository that is measured. */
public final class Checkout {
    private Checkout() {}

    /** The directory of the system property {@code millrace.home}, else the first at or above the working directory. */
    public static Path directory() {
        var start = Path.of(System.getProperty("millrace.home", ""))
                .toAbsolutePath()
                .normalize();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("local-stack/servers"))) {
                return at;
            }
        }
        throw new IllegalStateException(start + " is in no Millrace repository; say -Dmillrace.home=DIR");
    }
}
