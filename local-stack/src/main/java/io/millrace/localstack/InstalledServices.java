package io.millrace.localstack;

import io.millrace.localstack.services.ServiceHome;
import java.nio.file.Path;
import java.util.List;

/** Services whose jars are in the repository and whose files are in the data directory. */
record InstalledServices(Path java, Installation installation, DataDirectory data) implements ServiceHome {
    @Override
    public List<Path> classPath(String module) {
        return installation.service(module);
    }

    @Override
    public Path directory(String part) {
        return data.of(part);
    }

    @Override
    public Path secret(String name) {
        return data.secret(name);
    }

    @Override
    public void write(Path file, String content) {
        data.write(file, content);
    }
}
