package io.millrace.localstack.endtoend;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The receiver that docs/webhooks.md gives to be copied, run by Node as it stands there. */
final class PageReceiver implements AutoCloseable {
    private static final Pattern PROGRAM =
            Pattern.compile("<!-- receiver:begin -->\\n```js\\n(.*?)```\\n<!-- receiver:end -->", Pattern.DOTALL);

    private final Process process;
    private final Path printed;
    private final int port;

    PageReceiver(Path directory, Path secret, int port) throws IOException {
        var program = PROGRAM.matcher(Files.readString(Path.of("../docs/webhooks.md")));
        if (!program.find()) {
            throw new IllegalStateException("docs/webhooks.md has no receiver");
        }
        var file = Files.writeString(directory.resolve("receiver.mjs"), program.group(1));
        this.port = port;
        this.printed = directory.resolve("receiver.log");
        var builder = new ProcessBuilder("node", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("SECRET_FILE", secret.toString());
        this.process = builder.start();
        await("the page's receiver listens").atMost(Duration.ofSeconds(30)).until(() -> Files.readString(printed)
                .contains("listening"));
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** Ids as it printed them: each event once, in the order they came. */
    List<String> ids() throws IOException {
        return Files.readAllLines(printed).stream()
                .filter(line -> !line.equals("listening"))
                .toList();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
