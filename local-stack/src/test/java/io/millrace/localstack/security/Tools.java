package io.millrace.localstack.security;

import io.millrace.localstack.BuiltParts;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;

/** The programs of the runbooks and of the containers, compiled once and run as processes of their own. */
final class Tools {
    private final Path directory;
    private final String classPath;

    Tools(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.classPath = directory + File.pathSeparator + System.getProperty("java.class.path");
        var root = BuiltParts.repository();
        int exitCode = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        directory.toString(),
                        "-cp",
                        classPath,
                        root.resolve("runbooks/tools/SetPassword.java").toString(),
                        root.resolve("runbooks/tools/GrantRights.java").toString(),
                        root.resolve("runbooks/tools/Revoke.java").toString(),
                        root.resolve("docker/ProvisionTopics.java").toString());
        if (exitCode != 0) {
            throw new IllegalStateException("the programs do not compile");
        }
    }

    String run(String program, Path clientProperties, String input, String... arguments)
            throws IOException, InterruptedException {
        return run(program, clientProperties, input, List.of(arguments));
    }

    /** What it says when it ends well. */
    String run(String program, Path clientProperties, String input, List<String> arguments)
            throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of(
                BuiltParts.java().toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // the class path of the tests has settings of logs of two modules: the first ones hold, without a word
                "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener",
                "-cp",
                classPath));
        line.add(program);
        line.addAll(arguments);
        var output = directory.resolve(program + ".log");
        var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("CLIENT_PROPERTIES", clientProperties.toString());
        var process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write((input + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(program + " failed: " + Files.readString(output));
        }
        return Files.readString(output);
    }
}
