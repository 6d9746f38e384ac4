package io.millrace.localstack.services;

import java.nio.file.Path;
import java.util.List;

/** Where services find their jars and keep what is theirs. */
public interface ServiceHome {
    /** The {@code java} that runs them. */
    Path java();

    /** Jars of a module, its own first. */
    List<Path> classPath(String module);

    /** The directory of a part. */
    Path directory(String part);

    /** A file with a random secret of that name, which is made the first time and then kept. */
    Path secret(String name);

    /** Writes a file that its owner alone may read. */
    void write(Path file, String content);
}
