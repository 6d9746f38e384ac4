package io.millrace.benchmarks.peer;

import io.millrace.benchmarks.BenchOptions;
import io.millrace.benchmarks.stage.Checkout;
import io.millrace.benchmarks.stage.Site;
import io.millrace.guarantees.load.wire.Reactor;
import io.millrace.localstack.part.StackException;
import io.millrace.localstack.part.StackException.Trouble;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An ejabberd with its PostgreSQL, of their own, by {@code benchmarks/peers/ejabberd/peer.sh}. A message is archived before
 * it is passed on, and PostgreSQL acknowledges from memory, as a broker does.
 */
final class Ejabberd implements Site, AutoCloseable {
    private static final int SPARE_PORT = 7;
    private static final int SPARE_SQL_PORT = 8;
    private static final long PATIENCE_MINUTES = 10;
    private static final String ASYNCHRONOUS = "off";

    private final BenchOptions options;
    private final PrintWriter out;
    private final Path script;
    private final Path directory;
    private final List<Reactor> reactors = new ArrayList<>();

    private Ejabberd(BenchOptions options, PrintWriter out) {
        this.options = options;
        this.out = out;
        this.script = Checkout.directory().resolve("benchmarks/peers/ejabberd/peer.sh");
        this.directory = options.data().resolveSibling("peer");
    }

    static Ejabberd start(BenchOptions options, PrintWriter out) throws IOException, InterruptedException {
        var peer = new Ejabberd(options, out);
        peer.say("installing ejabberd from Debian, if it is missing");
        peer.script("install");
        try {
            peer.script(
                    "start",
                    peer.directory.toString(),
                    Integer.toString(peer.address().getPort()),
                    Integer.toString(options.ports().spare(SPARE_SQL_PORT)),
                    ASYNCHRONOUS);
            for (int i = 1; i <= options.reactors(); i++) {
                peer.reactors.add(new Reactor("generator-" + i));
            }
            return peer;
        } catch (IOException | StackException e) {
            // what went wrong first is what is told
            try {
                peer.close();
            } catch (IOException | StackException alsoWrong) {
                e.addSuppressed(alsoWrong);
            }
            throw e;
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), options.ports().spare(SPARE_PORT));
    }

    private void script(String... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<String>();
        line.add(script.toString());
        line.addAll(List.of(arguments));
        // Not through a pipe: what it starts would hold the other end.
        var output = Files.createTempFile("peer", ".log");
        try {
            var process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
            var text = Files.readString(output, StandardCharsets.UTF_8).strip();
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new StackException(Trouble.PART_FAILED, script + " " + arguments[0] + " failed: " + text);
            }
            text.lines().filter(each -> each.startsWith("installing")).forEach(this::say);
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public BenchOptions options() {
        return options;
    }

    @Override
    public List<Reactor> reactors() {
        return List.copyOf(reactors);
    }

    @Override
    public Map<String, List<Long>> processes() {
        var all = new LinkedHashMap<String, List<Long>>();
        all.put("ejabberd", ids(directory.resolve("spool").toString()));
        var postgres = new ArrayList<Long>();
        for (long pid : ids(directory.resolve("sql").toString())) {
            postgres.add(pid);
            ProcessHandle.of(pid).stream()
                    .flatMap(ProcessHandle::descendants)
                    .forEach(child -> postgres.add(child.pid()));
        }
        all.put("postgres", postgres);
        return all;
    }

    /** Of the processes with that word in their command line. */
    private static List<Long> ids(String word) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> commandLine(pid).contains(word))
                .filter(pid -> !commandLine(pid).contains("peer.sh"))
                .toList();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it is gone
        }
    }

    @Override
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (var reactor : reactors) {
            reactor.close();
        }
        script("stop", directory.toString());
    }
}
