package io.millrace.localstack.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.localstack.BuiltParts;
import io.millrace.localstack.services.ServiceHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Services whose settings files get something more before they are written. */
final class SecuredHome implements ServiceHome {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Path data;
    private final BiConsumer<String, ObjectNode> change;

    /** @param change is given the name of a part and its settings */
    SecuredHome(Path data, BiConsumer<String, ObjectNode> change) {
        this.data = data;
        this.change = change;
    }

    @Override
    public Path java() {
        return BuiltParts.java();
    }

    @Override
    public List<Path> classPath(String module) {
        return BuiltParts.service(module);
    }

    @Override
    public Path directory(String part) {
        return data.resolve(part);
    }

    @Override
    public Path secret(String name) {
        return secret(data.resolve("secrets").resolve(name), UUID.randomUUID() + "-" + UUID.randomUUID());
    }

    @Override
    public void write(Path file, String content) {
        try {
            var settings = (ObjectNode) YAML.readTree(content);
            change.accept(file.getFileName().toString().replace(".yaml", ""), settings);
            Files.createDirectories(file.getParent());
            YAML.writeValue(file.toFile(), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with that content, made the first time. */
    static Path secret(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            return Files.exists(file) ? file : Files.writeString(file, content + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
