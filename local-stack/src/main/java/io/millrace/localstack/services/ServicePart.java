package io.millrace.localstack.services;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.millrace.localstack.child.JvmCommand;
import io.millrace.localstack.part.PartSpec;
import io.millrace.localstack.part.Readiness;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One service as a part.
 *
 * @param name of the part
 * @param module whose jars it runs
 * @param mainClass takes {@code --config FILE}
 * @param jvmOptions its memory
 * @param ports by purpose, in order
 * @param adminPort where {@code /health/ready} answers
 * @param settings what its settings file says
 */
record ServicePart(
        String name,
        String module,
        String mainClass,
        List<String> jvmOptions,
        Map<String, Integer> ports,
        int adminPort,
        Map<String, Object> settings) {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

    PartSpec in(ServiceHome home) {
        var file = home.directory(name).resolve(name + ".yaml");
        var options = new ArrayList<>(jvmOptions);
        options.add("-XX:+UseSerialGC");
        options.add("-XX:+ExitOnOutOfMemoryError");
        var command = new JvmCommand(
                home.java(), options, home.classPath(module), mainClass, List.of("--config", file.toString()));
        return new PartSpec(
                name,
                ports,
                () -> home.write(file, yaml()),
                command,
                Readiness.http(URI.create("http://127.0.0.1:" + adminPort + "/health/ready")),
                STOP_PATIENCE);
    }

    /** The same program with another first argument: a task that ends by itself. Its settings file is written now. */
    JvmCommand task(ServiceHome home, String task) throws IOException, InterruptedException {
        var part = in(home);
        part.preparation().run();
        var command = part.command();
        var arguments = new ArrayList<>(List.of(task));
        arguments.addAll(command.arguments());
        return new JvmCommand(command.java(), command.options(), command.classPath(), command.mainClass(), arguments);
    }

    private String yaml() {
        try {
            return "# Written at every start; the environment (MILLRACE_...) goes before it.\n"
                    + YAML.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text and numbers are always YAML", e);
        }
    }
}
