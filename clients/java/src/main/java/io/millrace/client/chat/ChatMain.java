package io.millrace.client.chat;

import io.millrace.client.http.DevTokens;
import io.millrace.client.probe.Probe;
import io.millrace.client.probe.ProbeReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace chat alice}, and {@code millrace chat --probe}. */
@Command(
        name = "chat",
        customSynopsis = {"millrace chat USER [--device D] [--url U]", "millrace chat --probe [--messages N] [--rate R]"
        },
        description = "Chat in the terminal, or measure how long messages take.",
        sortOptions = false)
public final class ChatMain implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "USER", description = "Who you are.")
    private @Nullable String user;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    @SuppressWarnings("UnusedVariable") // picocli shows the text by itself
    private boolean help;

    @Option(names = "--device", defaultValue = "terminal", description = "Name of this device (${DEFAULT-VALUE}).")
    private String device = "terminal";

    @Option(names = "--url", defaultValue = "http://localhost:8080", description = "The server (${DEFAULT-VALUE}).")
    private URI url = URI.create("http://localhost:8080");

    @Option(
            names = "--token",
            defaultValue = "${env:MILLRACE_TOKEN}",
            description = "Your token; a development token is asked for unless given (or in MILLRACE_TOKEN).")
    private @Nullable String token;

    @Option(
            names = "--data",
            defaultValue = "${sys:user.home}/.millrace/chat",
            description = "Where the device keeps its place and what is not sent yet (${DEFAULT-VALUE}).")
    private Path data = Path.of(".");

    @Option(names = "--probe", description = "Measure start to accepted, posted and delivered instead of chatting.")
    private boolean probe;

    @Option(names = "--messages", defaultValue = "1000", description = "Probe: how many (${DEFAULT-VALUE}).")
    private int messages;

    @Option(names = "--rate", defaultValue = "50", description = "Probe: how many a second (${DEFAULT-VALUE}).")
    private int rate;

    public static void main(String[] args) {
        // Without a logging backend SLF4J would begin the conversation with a warning about itself.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(new CommandLine(new ChatMain()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (probe) {
            return measure(spec.commandLine().getOut());
        }
        if (user == null) {
            throw new ParameterException(spec.commandLine(), "Who are you? Say: chat USER");
        }
        String given = token;
        Supplier<String> tokens = given == null || given.isEmpty() ? new DevTokens(url, user) : () -> given;
        String place = url.getHost() + "-" + url.getPort();
        try (var chat = new Chat(
                user, device, url, tokens, data.resolve(place).resolve(user).resolve(device))) {
            chat.run();
        }
        return 0;
    }

    private int measure(PrintWriter out) throws InterruptedException {
        if (messages < 1 || rate < 1) {
            throw new ParameterException(spec.commandLine(), "--messages and --rate begin at 1");
        }
        try {
            ProbeReport report = new Probe(url, messages, rate).run();
            out.println(report.table());
            out.flush();
            return report.failed() == 0 ? 0 : 1;
        } catch (TimeoutException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }
}
